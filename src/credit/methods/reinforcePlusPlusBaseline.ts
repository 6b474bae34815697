// REINFORCE++-baseline (arXiv 2501.03262): outcome minus the mean of its group on every token, whitened over the batch.

import type { CreditMethod } from '../method';
import { GROUP_OF_ONE, unlessAlone } from '../operations/groupOfOne';
import { statistic } from '../operations/statistic';
import { whiten } from '../operations/whiten';
import { REINFORCE_PLUS_PLUS_PAPER } from './reinforcePlusPlus';

export const reinforcePlusPlusBaseline: CreditMethod = {
  name: 'reinforce_pp_baseline',
  title: 'REINFORCE++ with baseline',
  paper: REINFORCE_PLUS_PLUS_PAPER,
  needs: ['outcome'],
  parameters: [GROUP_OF_ONE],
  explanation:
    'An answer is compared with the mean of its group, and every token carries the difference. '
    + 'The scale then comes from all tokens of the batch, so one lucky group does not get a large step.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const mean = statistic(c, 'mean', R, 'problem', { id: 'mean', label: 'Mean of the group' });
    const { baseline } = unlessAlone(c, mean, R);
    const raw = c.line('raw', 'Above the group', '{R} − {baseline}', { shape: 'token', names: { baseline } });
    return { advantages: whiten(c, raw, 'A', 'Advantage of the token') };
  },
};
