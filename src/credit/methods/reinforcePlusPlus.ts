// REINFORCE++ (arXiv 2501.03262): return-to-go of the token rewards, whitened over all tokens of the batch; no group.
// A token inside the answer that the mask leaves out restarts the return, as in verl.

import type { CreditMethod } from '../method';
import { GAMMA, suffixSum } from '../operations/suffixSum';
import { TOKEN_REWARD_OPTIONS, TOKEN_REWARD_SIGNALS, tokenRewards } from '../operations/tokenRewards';
import { whiten } from '../operations/whiten';

export const REINFORCE_PLUS_PLUS_PAPER = {
  title: 'REINFORCE++: Stabilizing Critic-Free Policy Optimization with Global Advantage Normalization', url: 'https://arxiv.org/abs/2501.03262',
};

export const reinforcePlusPlus: CreditMethod = {
  name: 'reinforce_pp',
  title: 'REINFORCE++',
  paper: REINFORCE_PLUS_PLUS_PAPER,
  needs: TOKEN_REWARD_SIGNALS,
  parameters: [GAMMA, ...TOKEN_REWARD_OPTIONS],
  explanation:
    'A token is as good as the reward that still follows it, the outcome and penalties for leaving the reference included. '
    + 'The comparison is with all tokens of the batch, not with answers to the same problem.',
  program(c) {
    const R = tokenRewards(c);
    const returns = suffixSum(c, R, { id: 'returns', label: 'Return from here', discount: c.number('gamma'), resetsAtMask: true });
    return { advantages: whiten(c, returns, 'A', 'Advantage of the token') };
  },
};
