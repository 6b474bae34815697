// Knapsack RL (arXiv 2509.25849): the credit is GRPO's, held within ±clip as in the released script; what is new is how many
// answers each problem gets (../knapsack.ts), so groups differ in size. The sampler reads the parameters of the allocation.

import type { CreditMethod } from '../method';
import { DDOF, EPSILON } from '../operations/statistic';
import { zscore } from '../operations/zscore';

const ALLOCATION_OPTIONS = [
  { name: 'minimumRollouts', label: 'Fewest answers a problem', default: 2, minimum: 1, maximum: 1024, isInteger: true },
  { name: 'maximumRollouts', label: 'Most answers a problem', default: 128, minimum: 1, maximum: 1024, isInteger: true },
  { name: 'confidence', label: 'Sure enough to see both verdicts', default: 0.9, minimum: 0.01, maximum: 0.9999 },
] as const;

export const knapsack: CreditMethod = {
  name: 'knapsack',
  title: 'Knapsack RL',
  paper: { title: 'Knapsack RL: Unlocking Exploration of LLMs via Optimizing Budget Allocation', url: 'https://arxiv.org/abs/2509.25849' },
  needs: ['outcome'],
  parameters: [{ name: 'clip', label: 'Largest size of an advantage', default: 5, minimum: 0, maximum: 1000 }, ...ALLOCATION_OPTIONS, DDOF, EPSILON],
  explanation:
    'Problems that the policy sometimes solves get more answers, and those it always or never solves the fewest, for the same number of answers in all. '
    + 'The credit itself is GRPO’s, so it says no more about single tokens.',
  ours: 'No extra answer is worth the value at the fewest, problems never tried get the plain number, and what the problems in between cannot take goes to the others.',
  program(c) {
    const standing = zscore(c, c.signal('outcome'), 'problem', { id: 'standing', label: 'Standing of the answer', ddof: c.number('ddof') });
    return { advantages: c.line('A', 'Advantage of the answer', 'max(0 − {clip}, min({clip}, {standing}))', { names: { standing } }) };
  },
};
