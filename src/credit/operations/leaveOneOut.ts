// The mean of the other answers to the problem: mean + (mean − x) / (n − 1), which is x itself exactly where all are equal.
// Alone in its group an answer has no others: the formula then gives its own value (x / 0 = 0), so no advantage.

import type { CreditBuilder, Handle } from '../builder';
import { statistic } from './statistic';

/** Rows `mean`, `size` and `others`; x is answer-shaped. */
export function leaveOneOut(c: CreditBuilder, x: Handle): { readonly others: Handle; readonly size: Handle } {
  statistic(c, 'mean', x, 'problem', { id: 'mean', label: 'Mean of the group' });
  const size = statistic(c, 'count', x, 'problem', { id: 'size', label: 'Answers of the problem' });
  return { others: c.line('others', 'Mean of the other answers', '{mean} + ({mean} − {x}) / ({size} − 1)', { names: { x } }), size };
}
