// GRPO pass@k (arXiv 2503.19595, in verl's form): only the best answer of a group gets credit, its lead over the second
// best, over std + epsilon. A tie for the best leaves no lead; a group of one has no second and gets nothing.

import type { CreditMethod } from '../method';
import { DDOF, EPSILON, statistic } from '../operations/statistic';

export const passk: CreditMethod = {
  name: 'passk',
  title: 'GRPO pass@k',
  paper: { title: 'Optimizing Language Models for Inference Time Objectives using Reinforcement Learning', url: 'https://arxiv.org/abs/2503.19595' },
  needs: ['outcome'],
  parameters: [
    { name: 'std', label: 'Divide by the standard deviation of', default: 'group', choices: ['group', 'none'] },
    DDOF,
    EPSILON,
  ],
  explanation:
    'Only the best answer to a problem earns credit: how far its reward is ahead of the second best. '
    + 'That rewards having one good answer among k rather than many fair ones.',
  program(c) {
    const R = c.signal('outcome', 'R');
    statistic(c, 'maximum', R, 'problem', { id: 'best', label: 'Best of the group' });
    statistic(c, 'second', R, 'problem', { id: 'second', label: 'Second best of the group' });
    c.line('lead', 'Lead of the best', '({R} = {best}) × ({best} − {second})');
    if (c.choice('std') === 'none') return { advantages: c.line('A', 'Advantage of the answer', '{lead}') };
    statistic(c, 'std', R, 'problem', { id: 'std', label: 'Spread of the group', ddof: c.number('ddof') });
    return { advantages: c.line('A', 'Advantage of the answer', '{lead} / ({std} + {epsilon})') };
  },
};
