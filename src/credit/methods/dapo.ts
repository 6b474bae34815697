// DAPO (arXiv 2503.14476): GRPO's advantage of the reward plus a soft penalty on answers that come close to the limit.
// Dynamic sampling: groups all right or all wrong are drawn again by the sample phase, and those left stay out of the loss.
// The wider upper clip (0.2 / 0.28) and the token mean are settings of the loss.

import type { CreditMethod } from '../method';
import { DYNAMIC_SAMPLING_OPTIONS, mixedGroups } from '../operations/dynamicSampling';
import { overlongPenalty } from '../operations/overlongPenalty';
import { DDOF, EPSILON, statistic } from '../operations/statistic';

export const dapo: CreditMethod = {
  name: 'dapo',
  title: 'DAPO',
  paper: { title: 'DAPO: An Open-Source LLM Reinforcement Learning System at Scale', url: 'https://arxiv.org/abs/2503.14476' },
  needs: ['outcome', 'correct'],
  parameters: [
    { name: 'maximumLength', label: 'Longest answer in tokens (0: the width of the batch)', default: 0, minimum: 0, maximum: 1_000_000, isInteger: true },
    { name: 'cache', label: 'Tokens before the limit at which the penalty begins', default: 4, minimum: 0, maximum: 1_000_000, isInteger: true },
    { name: 'penaltyFactor', label: 'Penalty at the limit', default: 1, minimum: 0, maximum: 10 },
    ...DYNAMIC_SAMPLING_OPTIONS,
    DDOF,
    EPSILON,
  ],
  explanation:
    'Like GRPO, after a penalty has been taken from answers that come near the length limit, so running on is worse than stopping. '
    + 'Problems whose answers are all right or all wrong have nothing to compare: others are drawn in their place, and what stays so is left out.',
  program(c) {
    const penalty = overlongPenalty(c, { id: 'penalty', label: 'Length penalty', maximumLength: c.number('maximumLength') });
    c.signal('outcome');
    const R = c.line('R', 'Reward of the answer', '{outcome} + {penaltyFactor} × {penalty}', { names: { penalty } });
    statistic(c, 'mean', R, 'problem', { id: 'mean', label: 'Mean of the group' });
    statistic(c, 'std', R, 'problem', { id: 'std', label: 'Spread of the group', ddof: c.number('ddof') });
    const advantages = c.line('A', 'Advantage of the answer', '({R} − {mean}) / ({std} + {epsilon})');
    const rowMask = mixedGroups(c);
    return { advantages, ...(rowMask !== undefined && { rowMask }) };
  },
};
