// GroundedPRM's value (arXiv 2510.14942) as credit: the value of a node from one simulated rollout of N tool-checked steps is
// V = (1/N) × sum of v_i (N − i) / N + F / N, with v_i and the final verdict F in {+1, −1}; early steps weigh more.
// Ours: the rest of the answer itself is the rollout, from each step on; no search tree; advantage = V less the mean over all
// steps of the group, and tokens outside steps get none.

import type { CreditMethod } from '../method';
import { lastStep } from '../operations/lastStep';
import { statistic } from '../operations/statistic';
import { suffixSum } from '../operations/suffixSum';

export const groundedPrm: CreditMethod = {
  name: 'grounded_prm',
  title: 'GroundedPRM value',
  paper: { title: 'GroundedPRM: Tree-Guided and Fidelity-Aware Process Reward Modeling for Step-Level Reasoning', url: 'https://arxiv.org/abs/2510.14942' },
  needs: ['stepCorrect', 'correct', 'steps'],
  parameters: [],
  explanation:
    'A step is worth the checked steps that follow it, itself first and later ones less, together with the final verdict. '
    + 'It mixes what a checker says of single steps with where the answer ended up.',
  ours: 'The rest of the answer itself is the rollout, there is no search tree, and a step’s value is compared with the mean over all steps of the group.',
  program(c) {
    c.signal('stepCorrect');
    c.signal('correct');
    c.line('v', 'Verdict on the step', '2 × {stepCorrect} − 1');
    lastStep(c);
    const weighted = c.line('weighted', 'Verdict, weighted', '{v} × {left}');
    suffixSum(c, weighted, { id: 'sum', label: 'Weighted verdicts from here', discount: 1 });
    const V = c.line('V', 'Value from the step on', '{sum} / ({left} × {left}) + (2 × {correct} − 1) / {left}');
    statistic(c, 'mean', V, 'problem', { id: 'mean', label: 'Mean over the group’s steps' });
    return { advantages: c.line('A', 'Advantage of the step', '{V} − {mean}') };
  },
};
