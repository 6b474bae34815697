// RLOO (arXiv 2402.14740): A = R − mean reward of the other answers to the problem. A group of one keeps its reward
// (verl's loop) or gets 0 (verl vectorised, TRL); TRL can also normalise over the batch, (A − mean) / (std + 1e-4).

import type { CreditMethod } from '../method';
import { GROUP_OF_ONE } from '../operations/groupOfOne';
import { leaveOneOut } from '../operations/leaveOneOut';
import { statistic } from '../operations/statistic';

export const rloo: CreditMethod = {
  name: 'rloo',
  title: 'RLOO',
  paper: { title: 'Back to Basics: Revisiting REINFORCE Style Optimization for Learning from Human Feedback in LLMs', url: 'https://arxiv.org/abs/2402.14740' },
  needs: ['outcome'],
  parameters: [
    GROUP_OF_ONE,
    { name: 'normalize', label: 'Normalise over', default: 'nothing', choices: ['nothing', 'batch'] },
    { name: 'epsilon', label: 'Added to the standard deviation', default: 1e-4, minimum: 0, maximum: 1 },
  ],
  explanation:
    'An answer is as good as its reward is above the mean reward of the other answers to the same problem, itself left out. '
    + 'Leaving it out keeps the estimate unbiased, and there is no division by a spread.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const { others, size } = leaveOneOut(c, R);
    const baseline = c.choice('groupOfOne') === 'zero' ? others : c.line('baseline', 'Baseline', '{others} × ({size} > 1)', { names: { size } });
    if (c.choice('normalize') === 'nothing') return { advantages: c.line('A', 'Advantage of the answer', '{R} − {baseline}', { names: { baseline } }) };
    const raw = c.line('raw', 'Advantage before normalising', '{R} − {baseline}', { names: { baseline } });
    statistic(c, 'mean', raw, 'batch', { id: 'batchMean', label: 'Mean of the batch' });
    statistic(c, 'std', raw, 'batch', { id: 'batchStd', label: 'Spread of the batch', ddof: 1 });
    return { advantages: c.line('A', 'Advantage of the answer', '({raw} − {batchMean}) / ({batchStd} + {epsilon})') };
  },
};
