// The credit methods by name. To add one: a file beside this one, and its line here.

import type { CreditMethod } from '../method';
import { a2tgpo } from './a2tgpo';
import { branchGrpo } from './branchGrpo';
import { capo } from './capo';
import { dapo } from './dapo';
import { drGrpo } from './drGrpo';
import { gigpo } from './gigpo';
import { gpg } from './gpg';
import { grpo } from './grpo';
import { hiper } from './hiper';
import { igpo } from './igpo';
import { likelihood } from './likelihood';
import { maRlhf } from './maRlhf';
import { opo } from './opo';
import { p2s } from './p2s';
import { passk } from './passk';
import { ppo } from './ppo';
import { psrNsr } from './psrNsr';
import { reinforce } from './reinforce';
import { reinforcePlusPlus } from './reinforcePlusPlus';
import { reinforcePlusPlusBaseline } from './reinforcePlusPlusBaseline';
import { remax } from './remax';
import { rloo } from './rloo';
import { rlpr } from './rlpr';
import { rose } from './rose';
import { slate } from './slate';
import { tempo } from './tempo';
import { treePs } from './treePs';
import { vinePpo } from './vinePpo';

export const METHODS: readonly CreditMethod[] = [
  grpo, capo, rloo, dapo, reinforcePlusPlus, reinforcePlusPlusBaseline, ppo, remax, opo, gpg, passk,
  reinforce, drGrpo, psrNsr, maRlhf, hiper,
  tempo, treePs, branchGrpo, rose,
  gigpo, vinePpo, slate,
  igpo, a2tgpo, rlpr, likelihood, p2s,
];

export function findMethod(name: string): CreditMethod {
  const found = METHODS.find((method) => method.name === name);
  if (found === undefined) throw new RangeError(`unknown credit method "${name}"; known methods are: ${METHODS.map((one) => one.name).join(', ')}`);
  return found;
}
