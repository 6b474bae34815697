// OPO (arXiv 2505.23585): R minus the mean reward of the group weighted by answer length, the variance-optimal baseline
// when a token's gradient norm does not depend on it. The weighted mean is the mean over tokens: each counts once.

import type { CreditMethod } from '../method';
import { GROUP_OF_ONE } from '../operations/groupOfOne';
import { statistic } from '../operations/statistic';

export const opo: CreditMethod = {
  name: 'opo',
  title: 'OPO',
  paper: { title: 'On-Policy RL with Optimal Reward Baseline', url: 'https://arxiv.org/abs/2505.23585' },
  needs: ['outcome'],
  parameters: [GROUP_OF_ONE],
  explanation:
    'An answer is compared with the mean reward of its group in which long answers count more. '
    + 'That baseline makes the gradient estimate vary least, and nothing is divided by a spread.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const perToken = c.line('RToken', 'Outcome on every token', '{R}', { shape: 'token' });
    const mean = statistic(c, 'mean', perToken, 'problem', { id: 'mean', label: 'Length-weighted mean of the group' });
    const size = statistic(c, 'count', R, 'problem', { id: 'size', label: 'Answers of the problem' });
    const alone = c.choice('groupOfOne') === 'zero' ? '{R}' : '0';
    c.line('baseline', 'Baseline', `where({size} > 1, {mean}, ${alone})`, { names: { mean, size } });
    return { advantages: c.line('A', 'Advantage of the answer', '{R} − {baseline}') };
  },
};
