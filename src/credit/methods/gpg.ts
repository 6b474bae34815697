// GPG (arXiv 2504.02546): A = alpha (R − mean), alpha = answers of the batch / answers with a non-zero reward.
// The paper's alpha counts groups that give no gradient; this is the form of its released code and of verl.

import type { CreditMethod } from '../method';
import { GROUP_OF_ONE, unlessAlone } from '../operations/groupOfOne';
import { statistic } from '../operations/statistic';

export const gpg: CreditMethod = {
  name: 'gpg',
  title: 'GPG',
  paper: { title: 'GPG: A Simple and Strong Reinforcement Learning Baseline for Model Reasoning', url: 'https://arxiv.org/abs/2504.02546' },
  needs: ['outcome'],
  parameters: [GROUP_OF_ONE],
  explanation:
    'An answer is as good as its reward is above the mean of its group, without dividing by the spread. '
    + 'All advantages grow when few answers of the batch earn anything, to make up for groups that teach nothing.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const mean = statistic(c, 'mean', R, 'problem', { id: 'mean', label: 'Mean of the group' });
    statistic(c, 'count', R, 'batch', { id: 'all', label: 'Answers of the batch' });
    statistic(c, 'nonZero', R, 'batch', { id: 'rewarded', label: 'Answers with a reward' });
    c.line('alpha', 'Factor', '{all} / {rewarded}');
    const { baseline } = unlessAlone(c, mean, R);
    return { advantages: c.line('A', 'Advantage of the answer', '{alpha} × ({R} − {baseline})', { names: { baseline } }) };
  },
};
