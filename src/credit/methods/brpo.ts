// BRPO, of AnytimeReasoner (arXiv 2505.13438): an answer should be good wherever its thinking is cut off. At each of m budgets
// short answers are forced; with the prior P over budgets a segment's return is R_s = sum over later budgets of P_j r_j.
// Its baseline leans on the answer's own earlier budgets (weights lambda^distance) the later it stands, and on the group's mean
// at the same budget the earlier: A_s = R_s − (s/m V1 + (m − s)/m V2). No division by a spread.
// Ours: the budgets are the ends of the steps, compared by step number; V2 is 0 for an answer alone at its budget.

import type { CreditMethod } from '../method';
import { carryForward } from '../operations/carry';
import { lastStep } from '../operations/lastStep';
import { previous } from '../operations/neighbour';
import { setStatistic } from '../operations/setStatistic';
import { statistic } from '../operations/statistic';
import { suffixSum } from '../operations/suffixSum';

const PRIORS = { uniform: '1 / {m}', linear: '{budget} / {budgets}', base: '{isLast}' } as const;

export const brpo: CreditMethod = {
  name: 'brpo',
  title: 'BRPO',
  paper: { title: 'Optimizing Anytime Reasoning via Budget Relative Policy Optimization', url: 'https://arxiv.org/abs/2505.13438' },
  needs: ['summaryReward', 'budget', 'steps'],
  parameters: [
    { name: 'prior', label: 'Which budget it will be', default: 'uniform', choices: Object.keys(PRIORS) },
    { name: 'lambda', label: 'Weight of the answer’s budgets, a budget back', default: 0.5, minimum: 0, maximum: 1 },
  ],
  explanation:
    'After every step the answer is cut off and made to give its result, and a step is worth the results it is followed by, averaged over where the cut may come. '
    + 'What the answer had already reached, and what the group reaches at that point, is taken off.',
  ours: 'Budgets are the ends of the steps, compared by step number, and an answer alone at its budget has no group baseline.',
  program(c) {
    const r = c.signal('summaryReward', 'r');
    lastStep(c);
    const one = c.line('one', 'Budget', '1', { shape: 'step' });
    statistic(c, 'count', r, 'answer', { id: 'm', label: 'Budgets of the answer' });
    const prior = c.choice('prior') as keyof typeof PRIORS;
    if (prior === 'linear') statistic(c, 'sum', c.signal('budget'), 'answer', { id: 'budgets', label: 'Sum of the budgets' });
    const P = c.line('P', 'Chance of this budget', PRIORS[prior], { shape: 'step' });
    const ahead = suffixSum(c, P, { id: 'ahead', label: 'Chance of this budget or a later one', discount: 1 });
    const R = suffixSum(c, c.line('expected', 'Chance × reward', '{P} × {r}'), { id: 'R', label: 'Return of the segment', discount: 1 });
    const back = c.line('back', 'Weight of one budget back', '{lambda}');
    const sum = previous(c, carryForward(c, r, back, { id: 'sumSoFar', label: 'Rewards so far' }), { id: 'sumBefore', label: 'Rewards before', edge: 0 });
    const weight = previous(c, carryForward(c, one, back, { id: 'weightSoFar', label: 'Weights so far' }), { id: 'weightBefore', label: 'Weights before', edge: 0 });
    c.line('V1', 'Expected from its own past', '{sum} / {weight} × {ahead}', { names: { sum, weight, ahead } });
    setStatistic(c, 'mean', R, 'stepIndex', { id: 'mean', label: 'Mean return at this budget' });
    setStatistic(c, 'count', R, 'stepIndex', { id: 'size', label: 'Answers with this budget' });
    c.line('V2', 'Expected from the group', '{mean} × ({size} > 1)');
    c.line('share', 'Share of the past', '({m} − {left}) / {m}');
    return { advantages: c.line('A', 'Advantage of the segment', '{R} − {share} × {V1} − (1 − {share}) × {V2}') };
  },
};
