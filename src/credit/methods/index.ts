// The credit methods by name. To add one: a file beside this one, and its line here.

import type { CreditMethod } from '../method';
import { capo } from './capo';
import { dapo } from './dapo';
import { gpg } from './gpg';
import { grpo } from './grpo';
import { opo } from './opo';
import { passk } from './passk';
import { ppo } from './ppo';
import { reinforcePlusPlus } from './reinforcePlusPlus';
import { reinforcePlusPlusBaseline } from './reinforcePlusPlusBaseline';
import { remax } from './remax';
import { rloo } from './rloo';

export const METHODS: readonly CreditMethod[] = [grpo, capo, rloo, dapo, reinforcePlusPlus, reinforcePlusPlusBaseline, ppo, remax, opo, gpg, passk];

export function findMethod(name: string): CreditMethod {
  const found = METHODS.find((method) => method.name === name);
  if (found === undefined) throw new RangeError(`unknown credit method "${name}"; known methods are: ${METHODS.map((one) => one.name).join(', ')}`);
  return found;
}
