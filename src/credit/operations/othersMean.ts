// The mean of the other answers to the problem, 0 where there are none: a baseline that leaves an answer without company
// its own reward (PURE, PRIME). Written so that it is exactly x where all are equal.

import type { CreditBuilder, Handle } from '../builder';
import { statistic } from './statistic';

/** Rows `${id}Group`, `${id}Size` and `id`; x is answer-shaped. */
export function othersMean(c: CreditBuilder, x: Handle, { id, label }: { readonly id: string; readonly label: string }): Handle {
  const mean = statistic(c, 'mean', x, 'problem', { id: `${id}Group`, label: 'Mean of the group' });
  const size = statistic(c, 'count', x, 'problem', { id: `${id}Size`, label: 'Answers of the problem' });
  return c.line(id, label, '({mean} + ({mean} − {x}) / ({size} − 1)) × ({size} > 1)', { names: { x, mean, size } });
}
