// UCAS (arXiv 2510.10649): a right answer that the policy was less sure of earns more, a wrong one that it was surer of loses
// more, and every token pays for a high logit. Confidence is log-sum-exp minus mean of the logits; the code sums it over the
// answer, and the paper's words do not settle sum or mean (UNVERIFIED: an option). An outcome at the mean counts as negative.

import type { CreditMethod } from '../method';
import { DDOF, EPSILON, statistic } from '../operations/statistic';
import { zscore } from '../operations/zscore';

export const ucas: CreditMethod = {
  name: 'ucas',
  title: 'UCAS',
  paper: { title: 'Unlocking Exploration in RLVR: Uncertainty-aware Advantage Shaping for Deeper Reasoning', url: 'https://arxiv.org/abs/2510.10649' },
  needs: ['outcome', 'logsumexp', 'meanLogit', 'tokenLogit'],
  parameters: [
    { name: 'betaPositive', label: 'Pull of confidence on good answers', default: 0.25, minimum: 0, maximum: 10 },
    { name: 'betaNegative', label: 'Pull of confidence on bad answers', default: 0.35, minimum: 0, maximum: 10 },
    { name: 'logitWeight', label: 'Penalty on a high logit', default: 0.05, minimum: 0, maximum: 10 },
    { name: 'confidence', label: 'Confidence of an answer', default: 'sum', choices: ['sum', 'mean'] },
    DDOF,
    EPSILON,
  ],
  explanation:
    'The advantage of an answer grows where the policy was right without being sure, and where it was wrong and sure. '
    + 'A small penalty on tokens with a high logit keeps the policy from growing certain of everything.',
  ours: 'Whether confidence is a sum or a mean is not settled, so it is an option.',
  program(c) {
    const outcome = c.signal('outcome');
    const logit = c.signal('tokenLogit', 'logit');
    c.signal('logsumexp');
    c.signal('meanLogit');
    const sure = c.line('sure', 'Confidence at the token', '{logsumexp} − {meanLogit}');
    const confidence = statistic(c, c.choice('confidence') === 'mean' ? 'mean' : 'sum', sure, 'answer', { id: 'C', label: 'Confidence in the answer' });
    zscore(c, confidence, 'problem', { id: 'h', label: 'Confidence in the group', ddof: c.number('ddof') });
    zscore(c, outcome, 'problem', { id: 'A0', label: 'Standing of the answer', ddof: c.number('ddof') });
    c.line('weighted', 'Standing, weighted', '{A0} × where({A0} > 0, exp(0 − {betaPositive} × {h}), exp({betaNegative} × {h}))');
    statistic(c, 'minimum', logit, 'batch', { id: 'low', label: 'Lowest logit of the batch' });
    statistic(c, 'maximum', logit, 'batch', { id: 'high', label: 'Highest logit of the batch' });
    c.line('l', 'Logit, 0 to 1', 'where({low} = {high}, 0.5, ({logit} − {low}) / ({high} − {low}))');
    const shaped = '{weighted} − {logitWeight} × {l}';
    return { advantages: c.line('A', 'Advantage of the token', `where({weighted} > 0, max(0, ${shaped}), ${shaped})`) };
  },
};
