// IGPO (arXiv 2510.14967): a step's reward is how much it raised the probability (geometric mean) of the reference answer, the last
// step's is the outcome; the return to go is compared with the group. `align` step (ours) compares steps of the same number; token is
// the released code, which compares the same token number and counts answers that have ended as 0.

import type { CreditMethod } from '../method';
import { informationGain } from '../operations/informationGain';
import { setStatistic } from '../operations/setStatistic';
import { statistic } from '../operations/statistic';
import { suffixSum } from '../operations/suffixSum';
import { atEnd } from '../operations/tokenRewards';

export const igpo: CreditMethod = {
  name: 'igpo',
  title: 'IGPO',
  paper: { title: 'Information Gain-based Policy Optimization: A Simple and Effective Approach for Multi-Turn LLM Agents', url: 'https://arxiv.org/abs/2510.14967' },
  needs: ['outcome', 'answerLogprobs', 'steps'],
  parameters: [
    { name: 'align', label: 'Compare with the group at the same', default: 'step', choices: ['step', 'token'] },
    { name: 'gamma', label: 'Discount', default: 1, minimum: 0, maximum: 1 },
  ],
  explanation:
    'After every step the policy is asked how likely it finds the right answer, and a step earns what it added to that. '
    + 'The last step earns the outcome, and the rewards still to come are compared with those of the group.',
  ours: 'By default a step is compared with the same step of the other answers; the released code compares the same token.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const { gain, isLast } = informationGain(c);
    const discount = c.number('gamma');
    const r = c.line('r', 'Reward of the step', 'where({isLast}, {R}, {gain})', { names: { isLast, R, gain } });
    if (c.choice('align') === 'step') {
      const returns = suffixSum(c, r, { id: 'returns', label: 'Return from the step', discount });
      const mean = setStatistic(c, 'mean', returns, 'stepIndex', { id: 'mean', label: 'Mean at this step' });
      return { advantages: c.line('A', 'Advantage of the step', '{returns} − {mean}', { names: { returns, mean } }) };
    }
    const gains = atEnd(c, c.line('gainReward', 'Gain, but for the last step', '{gain} × (1 − {isLast})', { names: { gain, isLast } }), 'gainAtEnd', 'Gain on the step’s last token');
    const outcome = atEnd(c, R, 'outcomeAtEnd', 'Outcome on the last token');
    const rewards = c.line('tokenR', 'Reward of the token', '{gains} + {outcome}', { names: { gains, outcome } });
    const returns = suffixSum(c, rewards, { id: 'returns', label: 'Return from here', discount });
    const sum = setStatistic(c, 'sum', returns, 'tokenIndex', { id: 'sum', label: 'Sum at this token' });
    const size = statistic(c, 'count', R, 'problem', { id: 'size', label: 'Answers of the problem' });
    return { advantages: c.line('A', 'Advantage of the token', '{returns} − {sum} / {size}', { names: { returns, sum, size } }) };
  },
};
