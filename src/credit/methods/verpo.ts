// VeRPO (arXiv 2601.03525): each step has several binary checks, and a check that few steps of the group pass weighs more.
// Ours (UNVERIFIED): all constants; the pass rate is taken over the steps of the group, and a check counts in its own crowd.

import type { CreditMethod } from '../method';
import { statistic } from '../operations/statistic';
import { weightedChecks } from '../operations/weightedChecks';

export const verpo: CreditMethod = {
  name: 'verpo',
  title: 'VeRPO',
  paper: { title: 'VeRPO: Verifiable Dense Reward Policy Optimization for Code Generation', url: 'https://arxiv.org/abs/2601.03525' },
  needs: ['outcome', 'checks', 'steps'],
  parameters: [
    { name: 'alpha', label: 'Pull towards rarely passed checks (ours)', default: 1, minimum: 0, maximum: 100 },
    { name: 'beta', label: 'Weight of the steps (ours)', default: 0.5, minimum: 0, maximum: 100 },
    { name: 'sigma', label: 'Pass rates this close share a weight (ours)', default: 0.2, minimum: 0.001, maximum: 10 },
    { name: 'delta', label: 'Added to the crowd (ours)', default: 1e-3, minimum: 0, maximum: 10 },
    { name: 'gamma', label: 'Discount of the outcome a step (ours)', default: 0.95, minimum: 0.01, maximum: 1 },
  ],
  explanation:
    'A step earns for every check it passes, more for checks that the group seldom passes and less for checks that say the same as others. '
    + 'The outcome, worth less the more steps it took, is added on all tokens.',
  ours: 'All constants are our defaults; pass rates are taken over the steps of the group, and a check counts in its own crowd.',
  program(c) {
    const outcome = c.signal('outcome');
    const reward = weightedChecks(c, { id: 'turn', label: 'Reward of the step' });
    statistic(c, 'mean', reward, 'problem', { id: 'turnMean', label: 'Mean reward of a step in the group' });
    c.line('process', 'Step above the average step', '{turn} − {turnMean}');
    statistic(c, 'count', reward, 'answer', { id: 'steps', label: 'Steps of the answer' });
    const R = c.line('R', 'Outcome, discounted by steps', '{outcome} × exp({steps} × log({gamma}))', { names: { outcome } });
    statistic(c, 'mean', R, 'problem', { id: 'mean', label: 'Mean of the group' });
    return { advantages: c.line('A', 'Advantage of the token', '{R} − {mean} + {beta} × {process}', { shape: 'token' }) };
  },
};
