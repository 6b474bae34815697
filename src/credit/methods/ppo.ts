// PPO with generalised advantage estimation (arXiv 1707.06347, 1506.02438): needs a value model. Value targets are the
// advantages before whitening plus the values. `end` = 'given' reads where episodes end and what a cut-off row is worth.

import type { CreditMethod } from '../method';
import { gae } from '../operations/gae';
import { GAMMA } from '../operations/suffixSum';
import { TOKEN_REWARD_OPTIONS, TOKEN_REWARD_SIGNALS, tokenRewards } from '../operations/tokenRewards';
import { VALUE_MODEL_OPTIONS } from '../operations/valueModel';
import { whiten } from '../operations/whiten';

export const ppo: CreditMethod = {
  name: 'ppo',
  title: 'PPO with GAE',
  paper: { title: 'High-Dimensional Continuous Control Using Generalized Advantage Estimation', url: 'https://arxiv.org/abs/1506.02438' },
  needs: [...TOKEN_REWARD_SIGNALS, 'values', 'terminal', 'bootstrapValues'],
  parameters: [
    GAMMA,
    { name: 'lambda', label: 'How far surprises are carried back', default: 0.95, minimum: 0, maximum: 1 },
    { name: 'end', label: 'After the last token', default: 'nothing', choices: ['nothing', 'given'] },
    { name: 'whiten', label: 'Whiten over the batch', default: 'yes', choices: ['yes', 'no'] },
    ...TOKEN_REWARD_OPTIONS,
    ...VALUE_MODEL_OPTIONS,
  ],
  explanation:
    'A value model says after every token how much reward it still expects, and a token is as good as the surprise that follows it. '
    + 'Lambda decides how much of later surprises a token shares.',
  program(c) {
    const R = tokenRewards(c);
    const V = c.signal('values', 'V');
    const end = c.choice('end') === 'given' ? { terminal: c.signal('terminal'), bootstrap: c.signal('bootstrapValues') } : undefined;
    const isWhite = c.choice('whiten') === 'yes';
    const raw = gae(c, R, V, {
      id: isWhite ? 'raw' : 'A', label: isWhite ? 'Advantage before whitening' : 'Advantage of the token',
      gamma: c.number('gamma'), lambda: c.number('lambda'), ...(end !== undefined && { end }),
    });
    const valueTargets = c.line('returns', 'Value target', '{raw} + {V}', { names: { raw } });
    return { advantages: isWhite ? whiten(c, raw, 'A', 'Advantage of the token') : raw, valueTargets };
  },
};
