// Dr. GRPO (arXiv 2503.20783): R minus the mean of the group, not divided by its spread. The other half of the method is the
// loss: sums of tokens over a constant length (loss.aggregation), so that long wrong answers are not punished less a token.

import type { CreditMethod } from '../method';
import { statistic } from '../operations/statistic';

export const drGrpo: CreditMethod = {
  name: 'dr_grpo',
  title: 'Dr. GRPO',
  paper: { title: 'Understanding R1-Zero-Like Training: A Critical Perspective', url: 'https://arxiv.org/abs/2503.20783' },
  needs: ['outcome'],
  parameters: [],
  explanation:
    'An answer is as good as its reward is above the mean reward of all answers to the same problem. '
    + 'Nothing is divided by a spread, so very easy and very hard problems do not get larger steps than the others.',
  program(c) {
    const R = c.signal('outcome', 'R');
    statistic(c, 'mean', R, 'problem', { id: 'mean', label: 'Mean of the group' });
    return { advantages: c.line('A', 'Advantage of the answer', '{R} − {mean}') };
  },
};
