// The credit methods by name. To add one: a file beside this one, and its line here.

import type { CreditMethod } from '../method';
import { a2tgpo } from './a2tgpo';
import { branchGrpo } from './branchGrpo';
import { brpo } from './brpo';
import { capo } from './capo';
import { clipDelta } from './clipDelta';
import { dapo } from './dapo';
import { decs } from './decs';
import { dpoImplicit } from './dpoImplicit';
import { drGrpo } from './drGrpo';
import { gigpo } from './gigpo';
import { gpg } from './gpg';
import { groundedPrm } from './groundedPrm';
import { grpo } from './grpo';
import { hicra } from './hicra';
import { hiper } from './hiper';
import { igpo } from './igpo';
import { istar } from './istar';
import { knapsack } from './knapsack';
import { likelihood } from './likelihood';
import { maRlhf } from './maRlhf';
import { matchTir } from './matchTir';
import { opo } from './opo';
import { p2s } from './p2s';
import { passk } from './passk';
import { ppo } from './ppo';
import { prime } from './prime';
import { psrNsr } from './psrNsr';
import { pure } from './pure';
import { qrm } from './qrm';
import { reinforce } from './reinforce';
import { reinforcePlusPlus } from './reinforcePlusPlus';
import { reinforcePlusPlusBaseline } from './reinforcePlusPlusBaseline';
import { remax } from './remax';
import { restMcts } from './restMcts';
import { rhythm } from './rhythm';
import { rloo } from './rloo';
import { rlpr } from './rlpr';
import { rose } from './rose';
import { sar } from './sar';
import { slate } from './slate';
import { tempo } from './tempo';
import { tpGrpo } from './tpGrpo';
import { treePs } from './treePs';
import { ucas } from './ucas';
import { verpo } from './verpo';
import { vinePpo } from './vinePpo';
import { vpr } from './vpr';

export const METHODS: readonly CreditMethod[] = [
  grpo, capo, rloo, dapo, reinforcePlusPlus, reinforcePlusPlusBaseline, ppo, remax, opo, gpg, passk,
  reinforce, drGrpo, psrNsr, maRlhf, hiper,
  tempo, treePs, branchGrpo, rose,
  gigpo, vinePpo, slate,
  igpo, a2tgpo, rlpr, likelihood, p2s,
  vpr, pure, tpGrpo, matchTir, verpo, clipDelta, decs, groundedPrm, restMcts,
  prime, qrm, dpoImplicit, istar,
  ucas, hicra, rhythm, sar,
  knapsack, brpo,
];

export function findMethod(name: string): CreditMethod {
  const found = METHODS.find((method) => method.name === name);
  if (found === undefined) throw new RangeError(`unknown credit method "${name}"; known methods are: ${METHODS.map((one) => one.name).join(', ')}`);
  return found;
}
