// DAPO (arXiv 2503.14476): GRPO's advantage of the reward plus a soft penalty on answers that come close to the limit.
// The clip range (0.2 / 0.28), the token mean and the resampling of groups without spread belong to loss and sampler.

import type { CreditMethod } from '../method';
import { overlongPenalty } from '../operations/overlongPenalty';
import { DDOF, EPSILON, statistic } from '../operations/statistic';

export const dapo: CreditMethod = {
  name: 'dapo',
  title: 'DAPO',
  paper: { title: 'DAPO: An Open-Source LLM Reinforcement Learning System at Scale', url: 'https://arxiv.org/abs/2503.14476' },
  needs: ['outcome'],
  parameters: [
    { name: 'maximumLength', label: 'Longest answer in tokens (0: the width of the batch)', default: 0, minimum: 0, maximum: 1_000_000, isInteger: true },
    { name: 'cache', label: 'Tokens before the limit at which the penalty begins', default: 4, minimum: 0, maximum: 1_000_000, isInteger: true },
    { name: 'penaltyFactor', label: 'Penalty at the limit', default: 1, minimum: 0, maximum: 10 },
    DDOF,
    EPSILON,
  ],
  explanation:
    'Like GRPO, after a penalty has been taken from answers that come near the length limit. '
    + 'The penalty grows with every token past a soft limit, so running on is worse than stopping.',
  program(c) {
    const penalty = overlongPenalty(c, { id: 'penalty', label: 'Length penalty', maximumLength: c.number('maximumLength') });
    c.signal('outcome');
    const R = c.line('R', 'Reward of the answer', '{outcome} + {penaltyFactor} × {penalty}', { names: { penalty } });
    statistic(c, 'mean', R, 'problem', { id: 'mean', label: 'Mean of the group' });
    statistic(c, 'std', R, 'problem', { id: 'std', label: 'Spread of the group', ddof: c.number('ddof') });
    return { advantages: c.line('A', 'Advantage of the answer', '({R} − {mean}) / ({std} + {epsilon})') };
  },
};
