// SLATE (arXiv 2602.23440): the candidates for one next step, sampled from one shared prefix, are compared with each other by a judge's
// scores; a candidate that answers early gets a little more. Here an `answer` is a candidate and a `problem` the prefix. Going on with
// a candidate drawn from softmax(A / eta) belongs to the sampler; the row `chosen` is its probability.

import type { CreditMethod } from '../method';
import { EPSILON, statistic } from '../operations/statistic';
import { zscore } from '../operations/zscore';

export const slate: CreditMethod = {
  name: 'slate',
  title: 'SLATE',
  paper: { title: 'Truncated Step-Level Sampling with Process Rewards for Retrieval-Augmented Reasoning', url: 'https://arxiv.org/abs/2602.23440' },
  needs: ['thinkScore', 'actionScore', 'isFinal', 'stepNumber'],
  parameters: [
    { name: 'budget', label: 'Steps an answer may have', default: 4, minimum: 1, maximum: 1000, isInteger: true },
    { name: 'bonus', label: 'Bonus for answering early', default: 0.1, minimum: 0, maximum: 10 },
    { name: 'eta', label: 'Temperature of the choice', default: 0.7, minimum: 0.001, maximum: 100 },
    EPSILON,
  ],
  explanation:
    'Several candidates for the same next step are scored by a judge, and each is compared with its siblings alone. '
    + 'They share all that came before, so their differences come from the step itself and vary less than whole answers do.',
  program(c) {
    for (const name of ['thinkScore', 'actionScore', 'isFinal', 'stepNumber'] as const) c.signal(name);
    const R = c.line('R', 'Reward of the candidate', '{thinkScore} + {actionScore} + {isFinal} × {bonus} × ({budget} − {stepNumber}) / {budget}');
    const A = zscore(c, R, 'problem', { id: 'A', label: 'Advantage of the candidate' });
    statistic(c, 'maximum', A, 'problem', { id: 'best', label: 'Best of the siblings' });
    const weight = c.line('weight', 'Weight in the choice', 'exp(({A} − {best}) / {eta})');
    statistic(c, 'sum', weight, 'problem', { id: 'weights', label: 'Weight of all siblings' });
    c.line('chosen', 'Chance to be continued', '{weight} / {weights}');
    return { advantages: A };
  },
};
