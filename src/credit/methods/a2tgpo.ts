// A²TGPO (arXiv 2605.06200): information gains standardised among the group's steps of the same number, summed to the end over √(terms
// left), times alpha, plus the standardised outcome; the last step has the outcome alone. A gain above its peers' widens the clip range.
// UNVERIFIED: gamma. Ours: the terms left count the step itself, sample standard deviation.

import type { CreditMethod } from '../method';
import { informationGain } from '../operations/informationGain';
import { setStatistic } from '../operations/setStatistic';
import { EPSILON } from '../operations/statistic';
import { suffixSum } from '../operations/suffixSum';
import { zscore } from '../operations/zscore';

export const a2tgpo: CreditMethod = {
  name: 'a2tgpo',
  title: 'A²TGPO',
  paper: { title: 'A²TGPO: Agentic Turn-Group Policy Optimization with Adaptive Turn-level Clipping', url: 'https://arxiv.org/abs/2605.06200' },
  needs: ['outcome', 'answerLogprobs', 'steps'],
  parameters: [
    { name: 'alpha', label: 'Weight of the gains', default: 0.3, minimum: 0, maximum: 100 },
    { name: 'gamma', label: 'Discount a step', default: 1, minimum: 0, maximum: 1 },
    { name: 'clipStrength', label: 'How far the clip range may change', default: 0.3, minimum: 0, maximum: 1 },
    EPSILON,
  ],
  explanation:
    'A step’s gain in the probability of the right answer is compared with the same step of the other answers, and gains still to come count too. '
    + 'Where a step gained more than its peers the update may also move the policy further.',
  ours: 'The terms left count the step itself, spreads are those of a sample, and gamma 1 was only seen in one run of the authors.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const { gain, left, isLast } = informationGain(c);
    const counted = c.line('counted', 'Has a gain', '1 − {isLast}', { names: { isLast } });
    const mean = setStatistic(c, 'mean', gain, 'stepIndex', { id: 'gainMean', label: 'Mean at this step', counted });
    const std = setStatistic(c, 'std', gain, 'stepIndex', { id: 'gainStd', label: 'Spread at this step', counted });
    const z = c.line('z', 'Gain against its peers', '{counted} × ({gain} − {mean}) / ({std} + {epsilon})', { names: { counted, gain, mean, std } });
    const sum = suffixSum(c, z, { id: 'sum', label: 'Gains from here', discount: c.number('gamma') });
    const D = c.line('D', 'Gains from here, scaled', '{sum} / √({left} − 1)', { names: { sum, left } });
    const outcome = zscore(c, R, 'problem', { id: 'outcomeA', label: 'Advantage of the outcome' });
    const clipRange = c.line('clipRange', 'Factor on the clip range', '1 + {clipStrength} × (2 / (1 + exp(−{z})) − 1)', { shape: 'token', names: { z } });
    return { advantages: c.line('A', 'Advantage of the token', '{alpha} × {D} + {outcome}', { shape: 'token', names: { D, outcome } }), clipRange };
  },
};
