// ReST-MCTS* (arXiv 2406.03816): the value of a partial solution grows by a share of what is missing to 1, the larger the fewer
// steps are still needed, and falls likewise where no right answer can be reached any more. A step's credit is the change in
// value (ours: the paper trains a value model on it). Steps still needed of a wrong node are those of its nearest right ancestor.

import type { CreditMethod } from '../method';
import { previous } from '../operations/neighbour';
import { reachableValue } from '../operations/reachableValue';

export const restMcts: CreditMethod = {
  name: 'rest_mcts',
  title: 'ReST-MCTS* value',
  paper: { title: 'ReST-MCTS*: LLM Self-Training via Process Reward Guided Tree Search', url: 'https://arxiv.org/abs/2406.03816' },
  needs: ['restSteps', 'restReachable', 'steps'],
  parameters: [],
  explanation:
    'A partial solution is worth more the fewer steps still stand between it and a right answer, and a step earns what it adds to that. '
    + 'A step after which no right answer can be reached takes some of it back.',
  ours: 'The change in value is the credit, where the paper trains a value model on the value.',
  program(c) {
    const v = reachableValue(c, c.signal('restSteps'), c.signal('restReachable'), { id: 'v', label: 'Value after the step' });
    previous(c, v, { id: 'before', label: 'Value before the step', edge: 0 });
    return { advantages: c.line('A', 'Advantage of the step', '{v} − {before}') };
  },
};
