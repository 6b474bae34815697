// RLPR (arXiv 2506.18254): the reward is how much the reasoning raised the mean probability of the reference answer's tokens, with a
// small part for the form; then standardised in the group. Its filter on the spread of groups belongs to the sampler.

import type { CreditMethod } from '../method';
import { referenceProbe } from '../operations/referenceProbe';
import { EPSILON } from '../operations/statistic';
import { zscore } from '../operations/zscore';

export const rlpr: CreditMethod = {
  name: 'rlpr',
  title: 'RLPR',
  paper: { title: 'RLPR: Extrapolating RLVR to General Domains without Verifiers', url: 'https://arxiv.org/abs/2506.18254' },
  needs: ['answerLogprobs', 'formatOk'],
  parameters: [
    { name: 'formatWeight', label: 'Weight of the form', default: 0.1, minimum: 0, maximum: 1 },
    EPSILON,
  ],
  explanation:
    'Instead of a verifier the policy itself says how likely it finds the right answer after its reasoning, less how likely it was before. '
    + 'That reward is compared within the group, and every token of the answer gets the same.',
  program(c) {
    referenceProbe(c, 'meanOfExp', 'whole', { id: 'PR', label: 'Probability after the answer' });
    referenceProbe(c, 'meanOfExp', 'start', { id: 'base', label: 'Probability without reasoning' });
    c.signal('formatOk');
    const R = c.line('R', 'Reward of the answer', '(1 − {formatWeight}) × max(0, {PR} − {base}) + {formatWeight} × {formatOk}');
    return { advantages: zscore(c, R, 'problem', { id: 'A', label: 'Advantage of the answer' }) };
  },
};
