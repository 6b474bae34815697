// How much each step raised the probability (geometric mean over its tokens) of the reference answer.

import type { CreditBuilder, Handle } from '../builder';
import { lastStep } from './lastStep';
import { referenceProbe } from './referenceProbe';

/** Rows `before`, `after`, `gain`, `left` and `isLast`, all of steps. */
export function informationGain(c: CreditBuilder): { readonly gain: Handle; readonly left: Handle; readonly isLast: Handle } {
  const before = referenceProbe(c, 'expOfMean', 'beforeStep', { id: 'before', label: 'Probability before' });
  const after = referenceProbe(c, 'expOfMean', 'afterStep', { id: 'after', label: 'Probability after' });
  return { ...lastStep(c), gain: c.line('gain', 'Gain of the step', '{after} − {before}', { names: { before, after } }) };
}
