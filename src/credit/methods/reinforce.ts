// REINFORCE (Williams, 1992): the discounted reward still to come, less a baseline that does not depend on the token. The
// baseline is 0, or the mean return over all tokens of the batch, which lowers the variance at the price of a small bias.

import type { CreditMethod } from '../method';
import { statistic } from '../operations/statistic';
import { GAMMA, suffixSum } from '../operations/suffixSum';
import { TOKEN_REWARD_OPTIONS, TOKEN_REWARD_SIGNALS, tokenRewards } from '../operations/tokenRewards';

export const reinforce: CreditMethod = {
  name: 'reinforce',
  title: 'REINFORCE',
  paper: { title: 'Simple statistical gradient-following algorithms for connectionist reinforcement learning', url: 'https://doi.org/10.1007/BF00992696' },
  needs: TOKEN_REWARD_SIGNALS,
  parameters: [
    GAMMA,
    { name: 'baseline', label: 'Baseline', default: 'batch', choices: ['batch', 'none'] },
    ...TOKEN_REWARD_OPTIONS,
  ],
  explanation:
    'A token is as good as the reward that still follows it, compared with the mean of the batch. '
    + 'Answers to the same problem are not compared with each other, so an easy problem praises every token of its answers.',
  program(c) {
    const hasBaseline = c.choice('baseline') === 'batch';
    const returns = suffixSum(c, tokenRewards(c), { id: hasBaseline ? 'returns' : 'A', label: 'Return from here', discount: c.number('gamma') });
    if (!hasBaseline) return { advantages: returns };
    statistic(c, 'mean', returns, 'batch', { id: 'b', label: 'Mean over the batch' });
    return { advantages: c.line('A', 'Advantage of the token', '{returns} − {b}') };
  },
};
