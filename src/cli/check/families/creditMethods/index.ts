// One line a credit method of credit.json.

import type { CreditMethodReader } from '../creditCase';
import { a2tgpo } from './a2tgpo';
import { branchGrpo } from './branchGrpo';
import { capo } from './capo';
import { drGrpo } from './drGrpo';
import { gae } from './gae';
import { gigpo } from './gigpo';
import { grpo } from './grpo';
import { hiper } from './hiper';
import { igpo } from './igpo';
import { likelihood } from './likelihood';
import { maRlhf } from './maRlhf';
import { psrNsr } from './psrNsr';
import { reinforcePlusPlus } from './reinforcePlusPlus';
import { rloo } from './rloo';
import { rlpr } from './rlpr';
import { slate } from './slate';
import { tempo } from './tempo';
import { treePs } from './treePs';
import { vinePpo } from './vinePpo';

export const CREDIT_METHODS: readonly CreditMethodReader[] = [
  capo, grpo, rloo, reinforcePlusPlus, gae,
  drGrpo, psrNsr, maRlhf, hiper, tempo, treePs, branchGrpo, gigpo, vinePpo, slate, igpo, a2tgpo, rlpr, likelihood,
];
