// GRPO: each answer against the other answers to the same problem, A = (R − mean) / (std + epsilon), on all its tokens.
// Options cover the frameworks: std over group (verl, TRL) or batch (TRL), or none (Dr. GRPO, arXiv 2503.20783);
// ddof 1 or 0; epsilon 1e-6 (verl), 1e-4 (TRL), 1e-9 (OpenRLHF); a group of one keeps its reward (verl) or gets 0 (TRL).

import type { CreditMethod } from '../method';
import { GROUP_OF_ONE, unlessAlone } from '../operations/groupOfOne';
import { DDOF, EPSILON, statistic } from '../operations/statistic';

export const grpo: CreditMethod = {
  name: 'grpo',
  title: 'GRPO',
  paper: { title: 'DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models', url: 'https://arxiv.org/abs/2402.03300' },
  needs: ['outcome'],
  parameters: [
    { name: 'std', label: 'Divide by the standard deviation of', default: 'group', choices: ['group', 'batch', 'none'] },
    DDOF,
    EPSILON,
    GROUP_OF_ONE,
  ],
  explanation:
    'An answer is as good as its reward is above the mean reward of all answers to the same problem, in units of their standard deviation. '
    + 'Every token of the answer gets the same advantage, so a wrong step in a right answer is praised like the rest.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const mean = statistic(c, 'mean', R, 'problem', { id: 'mean', label: 'Mean of the group' });
    const { baseline, size } = unlessAlone(c, mean, R);
    if (c.choice('std') === 'none') return { advantages: c.line('A', 'Advantage of the answer', '{R} − {baseline}', { names: { baseline } }) };
    const over = c.choice('std') === 'batch' ? 'batch' : 'problem';
    const std = statistic(c, 'std', R, over, { id: 'std', label: over === 'batch' ? 'Spread of the batch' : 'Spread of the group', ddof: c.number('ddof') });
    const scale = over === 'problem' && size !== undefined
      ? c.line('scale', 'Scale', 'where({size} = 1, 1, {std})')
      : std;
    return { advantages: c.line('A', 'Advantage of the answer', '({R} − {baseline}) / ({scale} + {epsilon})', { names: { baseline, scale } }) };
  },
};
