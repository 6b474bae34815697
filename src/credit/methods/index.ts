// The credit methods by name.

import type { CreditMethod } from '../method';
import { capo } from './capo';
import { grpo } from './grpo';

export const METHODS: readonly CreditMethod[] = [grpo, capo];

export function findMethod(name: string): CreditMethod {
  const found = METHODS.find((method) => method.name === name);
  if (found === undefined) throw new RangeError(`unknown credit method "${name}"; known methods are: ${METHODS.map((one) => one.name).join(', ')}`);
  return found;
}
