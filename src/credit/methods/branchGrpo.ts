// BranchGRPO (arXiv 2509.06040), depth by depth: nodes at one depth of the group's prefix tree are compared with each other, each
// counted once, A = (V − mean) / (std + epsilon), clipped. On the group's own answers instead of a tree that is split on purpose;
// pruning, which only leaves gradients out, is not done.

import type { CreditMethod } from '../method';
import { perStep } from '../operations/perStep';
import { setStatistic } from '../operations/setStatistic';

export const branchGrpo: CreditMethod = {
  name: 'branchgrpo',
  title: 'BranchGRPO (depth by depth)',
  paper: { title: 'BranchGRPO: Stable and Efficient GRPO with Structured Branching in Diffusion Models', url: 'https://arxiv.org/abs/2509.06040' },
  needs: ['outcome', 'tokens', 'steps'],
  parameters: [
    { name: 'depth', label: 'Depth is counted in', default: 'step', choices: ['step', 'token'] },
    { name: 'epsilon', label: 'Added to the standard deviation', default: 1e-8, minimum: 0, maximum: 1 },
    { name: 'minimumStd', label: 'Least spread of a depth', default: 1e-6, minimum: 0, maximum: 1 },
    { name: 'clip', label: 'Largest advantage', default: 5, minimum: 0, maximum: 100 },
  ],
  explanation:
    'At each depth of the tree the nodes are compared with each other, by the mean reward of the answers below them. '
    + 'A node counts once however many answers pass it, and nodes with different parents are compared too.',
  ours: 'The tree is that of the group’s own answers, not one split on purpose, and nothing is pruned.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const after = setStatistic(c, 'mean', R, 'prefix', { id: c.choice('depth') === 'token' ? 'V' : 'after', label: 'Value after the token' });
    const [V, nodes, depths] = c.choice('depth') === 'token'
      ? [after, 'prefix', 'tokenIndex'] as const
      : [perStep(c, 'last', after, { id: 'V', label: 'Value of the node' }), 'stepPrefix', 'stepIndex'] as const;
    const first = setStatistic(c, 'first', V, nodes, { id: 'first', label: 'Counts for its node' });
    const mean = setStatistic(c, 'mean', V, depths, { id: 'mean', label: 'Mean of the depth', counted: first });
    const std = setStatistic(c, 'std', V, depths, { id: 'std', label: 'Spread of the depth', counted: first });
    c.line('z', 'Against its depth', 'where({std} ≥ {minimumStd}, ({V} − {mean}) / ({std} + {epsilon}), 0)', { names: { V, mean, std } });
    return { advantages: c.line('A', 'Advantage of the node', 'min({clip}, max(−{clip}, {z}))') };
  },
};
