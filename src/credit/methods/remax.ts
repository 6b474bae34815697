// ReMax (arXiv 2310.10505): undiscounted return-to-go minus the reward of the greedy answer to the same problem.

import type { CreditMethod } from '../method';
import { suffixSum } from '../operations/suffixSum';
import { TOKEN_REWARD_OPTIONS, TOKEN_REWARD_SIGNALS, tokenRewards } from '../operations/tokenRewards';

export const remax: CreditMethod = {
  name: 'remax',
  title: 'ReMax',
  paper: { title: 'ReMax: A Simple, Effective, and Efficient Reinforcement Learning Method for Aligning Large Language Models', url: 'https://arxiv.org/abs/2310.10505' },
  needs: [...TOKEN_REWARD_SIGNALS, 'greedyOutcome'],
  parameters: TOKEN_REWARD_OPTIONS,
  explanation:
    'A token is as good as the reward that still follows it, less the reward of the answer the policy would give without chance. '
    + 'One greedy answer a problem takes the place of a group or a value model.',
  program(c) {
    const returns = suffixSum(c, tokenRewards(c), { id: 'returns', label: 'Return from here', discount: 1 });
    const greedy = c.signal('greedyOutcome', 'greedy');
    return { advantages: c.line('A', 'Advantage of the token', '{returns} − {greedy}', { names: { returns, greedy } }) };
  },
};
