// TreePS (TreePS-RAG, arXiv 2601.06922) gives each step the change in the mean outcome of the leaves below it. How the paper combines
// levels and prunes is UNVERIFIED: this is a stand-in (ours), V(node) − V(parent) on the group's own prefix tree.

import type { CreditMethod } from '../method';
import { perStep } from '../operations/perStep';
import { prefixValues } from '../operations/prefixValue';

export const treePs: CreditMethod = {
  name: 'treeps',
  title: 'TreePS (stand-in)',
  paper: { title: 'TreePS-RAG: Tree-based Process Supervision for Reinforcement Learning in Agentic RAG', url: 'https://arxiv.org/abs/2601.06922' },
  needs: ['outcome', 'tokens', 'steps'],
  parameters: [{ name: 'nodes', label: 'A node is', default: 'step', choices: ['step', 'token'] }],
  explanation:
    'A node of the tree is worth the mean reward of the answers that pass through it, and a step gets the difference it made to that. '
    + 'Once an answer is alone its later steps get nothing.',
  ours: 'How the paper combines levels and prunes is not known, so this is a stand-in.',
  program(c) {
    const { V, before } = prefixValues(c, c.signal('outcome', 'R'));
    if (c.choice('nodes') === 'token') return { advantages: c.line('A', 'Advantage of the token', '{V} − {before}') };
    const end = perStep(c, 'last', V, { id: 'end', label: 'Value at the step’s end' });
    const start = perStep(c, 'first', before, { id: 'start', label: 'Value at the step’s start' });
    return { advantages: c.line('A', 'Advantage of the step', '{end} − {start}', { names: { end, start } }) };
  },
};
