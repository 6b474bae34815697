// The loss that teaches a reward model from pairs of answers to one problem: −log sigmoid(beta × (score of the better −
// score of the worse)), averaged over all pairs of the batch.

import { pairLoss as kernel } from '../../kernels/credit/pairLoss';
import type { CreditBuilder, Handle } from '../builder';
import { statistic } from './statistic';

/** Rows `pairs`, `pairLosses` and `id` [scalar]; reads the parameter beta. */
export function pairLoss(c: CreditBuilder, score: Handle, outcome: Handle, { id, label }: { readonly id: string; readonly label: string }): Handle {
  const pairs = c.output('answer', { id: 'pairs', label: 'Worse answers', inputs: [outcome], formula: `number of the problem’s answers with a lower {${outcome.id}}` });
  const losses = c.output('answer', {
    id: 'pairLosses', label: 'Losses of the pairs', inputs: [score, outcome], parameters: { beta: c.number('beta') },
    formula: `sum of −log sigmoid({beta} × ({${score.id}} − that of the other)) over the problem’s answers with a lower {${outcome.id}}`,
  });
  c.plan.call(
    kernel,
    { score: score.buffer, outcome: outcome.buffer, problem_of_answer: c.frame.problem, loss: losses.buffer, pairs: pairs.buffer },
    { answers: c.shape.answers, beta: c.number('beta') },
    losses.buffer.label,
  );
  const total = statistic(c, 'sum', losses, 'batch', { id: 'pairLossSum', label: 'Sum of the losses' });
  const count = statistic(c, 'sum', pairs, 'batch', { id: 'pairCount', label: 'Pairs of the batch' });
  return c.line(id, label, '{total} / {count}', { names: { total, count } });
}
