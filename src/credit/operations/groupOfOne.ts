// What to subtract where a problem has a single answer. 'zero': its own reward, so that it gets no advantage (TRL);
// 'keep': nothing, so that the reward itself is the advantage (verl).

import type { Option } from '../../tasks/task';
import type { CreditBuilder, Handle } from '../builder';
import { statistic } from './statistic';

export const GROUP_OF_ONE: Option = {
  name: 'groupOfOne', label: 'A problem with one answer', default: 'zero', choices: ['zero', 'keep'],
};

/** The mean as the baseline, or (with groupOfOne = keep) rows `size` and `baseline`, 0 in groups of one. */
export function unlessAlone(c: CreditBuilder, mean: Handle, x: Handle): { readonly baseline: Handle; readonly size: Handle | undefined } {
  if (c.choice('groupOfOne') === 'zero') return { baseline: mean, size: undefined };
  const size = statistic(c, 'count', x, 'problem', { id: 'size', label: 'Answers of the problem' });
  return { baseline: c.line('baseline', 'Baseline', '{mean} × ({size} > 1)', { names: { mean } }), size };
}
