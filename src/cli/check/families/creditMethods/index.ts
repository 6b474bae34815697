// One line a credit method of credit.json.

import type { CreditMethodReader } from '../creditCase';
import { a2tgpo } from './a2tgpo';
import { attentionMaps } from './attentionMaps';
import { branchGrpo } from './branchGrpo';
import { brpo } from './brpo';
import { capo } from './capo';
import { clipDelta } from './clipDelta';
import { decs } from './decs';
import { dpoImplicit } from './dpoImplicit';
import { drGrpo } from './drGrpo';
import { gae } from './gae';
import { gigpo } from './gigpo';
import { grpo } from './grpo';
import { hicra } from './hicra';
import { hiper } from './hiper';
import { igpo } from './igpo';
import { istar } from './istar';
import { knapsack } from './knapsack';
import { likelihood } from './likelihood';
import { maRlhf } from './maRlhf';
import { matchTir } from './matchTir';
import { prime } from './prime';
import { primePrm } from './primePrm';
import { psrNsr } from './psrNsr';
import { pure } from './pure';
import { qrm } from './qrm';
import { reinforcePlusPlus } from './reinforcePlusPlus';
import { restMcts } from './restMcts';
import { rhythm } from './rhythm';
import { rloo } from './rloo';
import { rlpr } from './rlpr';
import { sar } from './sar';
import { slate } from './slate';
import { tempo } from './tempo';
import { tpGrpo } from './tpGrpo';
import { treePs } from './treePs';
import { ucas } from './ucas';
import { verpo } from './verpo';
import { vinePpo } from './vinePpo';
import { vpr } from './vpr';

export const CREDIT_METHODS: readonly CreditMethodReader[] = [
  capo, grpo, rloo, reinforcePlusPlus, gae,
  drGrpo, psrNsr, maRlhf, hiper, tempo, treePs, branchGrpo, gigpo, vinePpo, slate, igpo, a2tgpo, rlpr, likelihood,
  vpr, pure, prime, primePrm, qrm, dpoImplicit, istar, ucas, hicra, rhythm, attentionMaps, tpGrpo, matchTir, verpo, clipDelta, decs, restMcts, sar,
  knapsack, brpo,
];
