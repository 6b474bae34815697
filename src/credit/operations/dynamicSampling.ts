// DAPO's dynamic sampling. Groups whose answers are all right or all wrong teach nothing: the sample phase draws other problems in
// their place, for so many rounds, and what is still so after them stays out of the loss.

import type { Option } from '../../tasks/task';
import type { CreditBuilder, Handle } from '../builder';
import { statistic } from './statistic';

/** `resamplingRounds` is read by the sample phase, not by the program. */
export const DYNAMIC_SAMPLING_OPTIONS = [
  { name: 'resamplingRounds', label: 'Rounds of drawing again what is all right or all wrong', default: 2, minimum: 0, maximum: 32, isInteger: true },
  { name: 'filter', label: 'Leave such groups out of the loss', default: 'yes', choices: ['yes', 'no'] },
] as const satisfies readonly Option[];

export type DynamicSamplingOption = (typeof DYNAMIC_SAMPLING_OPTIONS)[number]['name'];

/** Rows `accuracy` [problem] and `kept` [answer], 1 where some answers of the group are right and some wrong. */
export function mixedGroups(c: CreditBuilder): Handle | undefined {
  if (c.choice('filter') === 'no') return undefined;
  statistic(c, 'mean', c.signal('correct'), 'problem', { id: 'accuracy', label: 'Share of right answers' });
  return c.line('kept', 'In the loss', '({accuracy} > 0) × (1 > {accuracy})', { shape: 'answer' });
}
