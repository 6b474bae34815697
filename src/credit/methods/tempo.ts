// TEMPO, or prefix-to-tree (arXiv 2509.18314): GRPO's advantage plus the jump in value at the token, where the value of a prefix is
// the mean reward of the group's own answers that begin with it. Read from second-hand sources; the undivided jump is ours.

import type { CreditMethod } from '../method';
import { prefixValues } from '../operations/prefixValue';
import { DDOF, EPSILON, statistic } from '../operations/statistic';

export const tempo: CreditMethod = {
  name: 'tempo',
  title: 'TEMPO (prefix to tree)',
  paper: { title: 'Exploiting Tree Structure for Credit Assignment in RL Training of LLMs', url: 'https://arxiv.org/abs/2509.18314' },
  needs: ['outcome', 'tokens'],
  parameters: [
    { name: 'scale', label: 'Divide the jump in value by the spread', default: 'std', choices: ['std', 'none'] },
    DDOF,
    EPSILON,
  ],
  explanation:
    'Answers that begin alike form a tree, and where they part, the token that leads to the better branch gets extra credit. '
    + 'Where an answer has no company any more, all that is left is its advantage over the group.',
  ours: 'The formula was read from second-hand sources, and the undivided jump is an option of ours.',
  program(c) {
    const R = c.signal('outcome', 'R');
    prefixValues(c, R);
    statistic(c, 'std', R, 'problem', { id: 'std', label: 'Spread of the group', ddof: c.number('ddof') });
    return {
      advantages: c.choice('scale') === 'std'
        ? c.line('A', 'Advantage of the token', '({R} − {mean} + {V} − {before}) / ({std} + {epsilon})')
        : c.line('A', 'Advantage of the token', '({R} − {mean}) / ({std} + {epsilon}) + {V} − {before}'),
    };
  },
};
