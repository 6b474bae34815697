// Where steps stand in their answer: how many are left, this one included, and which is the last.

import type { CreditBuilder, Handle } from '../builder';
import { suffixSum } from './suffixSum';

/** Rows `left` and `isLast` of steps. */
export function lastStep(c: CreditBuilder): { readonly left: Handle; readonly isLast: Handle } {
  const one = c.line('step', 'Step', '1', { shape: 'step' });
  const left = suffixSum(c, one, { id: 'left', label: 'Steps from here to the end', discount: 1 });
  return { left, isLast: c.line('isLast', 'Last step', '{left} = 1') };
}
