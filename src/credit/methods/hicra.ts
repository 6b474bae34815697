// HICRA (arXiv 2509.03646): tokens that plan get alpha × |A| on top, so that they gain more from a good answer and lose less
// from a bad one. Base advantage: outcome − mean (the notes print no std) or, as an option, the standard score.
// `entropy` is a trainer's variant without marked plans (UNVERIFIED as official): tokens whose entropy is above a percentile
// of the batch count (1 + alpha)-fold, in good answers longer than the mean of their group.

import type { CreditMethod } from '../method';
import { answerLength } from '../operations/answerLength';
import { quantile } from '../operations/quantile';
import { DDOF, EPSILON, statistic } from '../operations/statistic';
import { zscore } from '../operations/zscore';

export const hicra: CreditMethod = {
  name: 'hicra',
  title: 'HICRA',
  paper: { title: 'Emergent Hierarchical Reasoning in LLMs through Reinforcement Learning', url: 'https://arxiv.org/abs/2509.03646' },
  needs: ['outcome', 'planMask', 'entropy'],
  parameters: [
    { name: 'alpha', label: 'Extra credit of planning tokens', default: 0.2, minimum: 0, maximum: 10 },
    { name: 'base', label: 'Advantage of an answer', default: 'mean', choices: ['mean', 'std'] },
    { name: 'marks', label: 'Planning tokens are those', default: 'planned', choices: ['planned', 'uncertain'] },
    { name: 'percentile', label: 'Uncertain: entropy above this percentile', default: 70, minimum: 0, maximum: 100 },
    DDOF,
    EPSILON,
  ],
  explanation:
    'Tokens that plan, such as the choice of the next operation, move more than those that carry the plan out: a good answer praises them more and a bad one blames them less. '
    + 'All other tokens get the advantage of their answer.',
  ours: 'The variant by entropy is one trainer’s and not confirmed as the authors’.',
  program(c) {
    const outcome = c.signal('outcome');
    let base;
    if (c.choice('base') === 'std') base = zscore(c, outcome, 'problem', { id: 'base', label: 'Standing of the answer', ddof: c.number('ddof') });
    else {
      statistic(c, 'mean', outcome, 'problem', { id: 'mean', label: 'Mean of the group' });
      base = c.line('base', 'Answer above the mean', '{outcome} − {mean}');
    }
    if (c.choice('marks') === 'planned') {
      c.signal('planMask');
      return { advantages: c.line('A', 'Advantage of the token', '{base} + {alpha} × abs({base}) × ({planMask} > 0)', { names: { base } }) };
    }
    const { length } = answerLength(c);
    statistic(c, 'mean', length, 'problem', { id: 'meanLength', label: 'Mean length of the group' });
    const entropy = c.signal('entropy');
    quantile(c, entropy, c.number('percentile') / 100, 'batch', { id: 'threshold', label: 'Entropy that counts as uncertain' });
    c.line('uncertain', 'Uncertain token of a long good answer', '({entropy} > {threshold}) × ({base} > 0) × ({length} > {meanLength})', { names: { base } });
    return { advantages: c.line('A', 'Advantage of the token', '{base} × (1 + {alpha} × {uncertain})', { names: { base } }) };
  },
};
