// VPR, verifiable process rewards (arXiv 2605.10325): an exact oracle says of every step whether it is right.
// Ours, where the sources say no more than that: the two ways to use the verdicts and the weight of the outcome.

import type { CreditMethod } from '../method';
import { statistic } from '../operations/statistic';
import { GAMMA, suffixSum } from '../operations/suffixSum';
import { atEnd } from '../operations/tokenRewards';
import { whiten } from '../operations/whiten';

export const vpr: CreditMethod = {
  name: 'vpr',
  title: 'VPR',
  paper: { title: 'Verifiable Process Rewards for Agentic Reasoning', url: 'https://arxiv.org/abs/2605.10325' },
  needs: ['stepCorrect', 'outcome', 'steps'],
  parameters: [
    { name: 'form', label: 'Verdicts are (ours)', default: 'centred', choices: ['centred', 'return'] },
    { name: 'outcomeWeight', label: 'Weight of the outcome (ours)', default: 1, minimum: 0, maximum: 100 },
    GAMMA,
  ],
  explanation:
    'An exact checker reads every step, and a right step earns more than the average step of the problem’s answers, a wrong one less. '
    + 'It is as good as its checker: with one that errs, credit lands on the wrong steps.',
  ours: 'The two ways to use the verdicts and the weight of the outcome are ours.',
  program(c) {
    const right = c.signal('stepCorrect');
    const outcome = c.signal('outcome');
    if (c.choice('form') === 'centred') {
      statistic(c, 'mean', right, 'problem', { id: 'stepMean', label: 'Share of right steps in the group' });
      c.line('process', 'Step above the average step', '{stepCorrect} − {stepMean}');
      statistic(c, 'mean', outcome, 'problem', { id: 'mean', label: 'Mean of the group' });
      return { advantages: c.line('A', 'Advantage of the token', '{process} + {outcomeWeight} × ({outcome} − {mean})', { shape: 'token' }) };
    }
    atEnd(c, right, 'stepReward', 'Verdict at the step’s end');
    atEnd(c, outcome, 'outcomeReward', 'Outcome at the end');
    const rewards = c.line('R', 'Reward of the token', '{stepReward} + {outcomeWeight} × {outcomeReward}');
    return { advantages: whiten(c, suffixSum(c, rewards, { id: 'returns', label: 'Return from here', discount: c.number('gamma') }), 'A', 'Advantage of the token') };
  },
};
