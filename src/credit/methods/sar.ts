// SAR, self-aligned reward (arXiv 2509.05489): an answer that is much likelier with the question than without it is about the
// question. R = outcome + alpha × clip((perplexity without − with) / without, −1, 1). Ours (UNVERIFIED): alpha, and that the
// perplexity with the question is the sampling policy's. It means something only for a model that was trained without the
// question too.

import type { CreditMethod } from '../method';
import { answerLength } from '../operations/answerLength';
import { DDOF, EPSILON, statistic } from '../operations/statistic';
import { zscore } from '../operations/zscore';

export const sar: CreditMethod = {
  name: 'sar',
  title: 'SAR',
  paper: { title: 'Self-Aligned Reward: Towards Effective and Efficient Reasoners', url: 'https://arxiv.org/abs/2509.05489' },
  needs: ['outcome', 'oldLogprobs', 'unconditionalLogprobs'],
  parameters: [{ name: 'alpha', label: 'Weight of the self-aligned reward (ours)', default: 0.2, minimum: 0, maximum: 100 }, DDOF, EPSILON],
  explanation:
    'An answer whose text is likely only because of the question is to the point, and it earns a little more than one that would be likely anyway. '
    + 'The whole answer shares one reward, standardised over the group.',
  ours: 'Alpha is our default, and log-probabilities are those of the sampling weights.',
  program(c) {
    c.signal('outcome');
    answerLength(c);
    statistic(c, 'mean', c.signal('oldLogprobs'), 'answer', { id: 'meanWith', label: 'Mean log-prob with the question' });
    statistic(c, 'mean', c.signal('unconditionalLogprobs'), 'answer', { id: 'meanWithout', label: 'Mean log-prob without it' });
    c.line('with', 'Perplexity with the question', 'exp(0 − {meanWith})');
    c.line('without', 'Perplexity without it', 'exp(0 − {meanWithout})');
    const R = c.line('R', 'Reward of the answer', 'where({length} = 0, {outcome}, {outcome} + {alpha} × max(0 − 1, min(1, ({without} − {with}) / {without})))');
    return { advantages: zscore(c, R, 'problem', { id: 'A', label: 'Advantage of the answer', ddof: c.number('ddof') }) };
  },
};
