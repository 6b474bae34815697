// VinePPO (arXiv 2410.01679): fresh rollouts from before each step give its value, A = r + V(next step) − V(step), whitened over the
// batch. A step without rollouts takes what follows it, V = r + V(next step). Nothing follows the last step.

import type { CreditMethod } from '../method';
import { carryBack } from '../operations/carry';
import { lastStep } from '../operations/lastStep';
import { next } from '../operations/neighbour';
import { whiten } from '../operations/whiten';

export const vinePpo: CreditMethod = {
  name: 'vineppo',
  title: 'VinePPO',
  paper: { title: 'VinePPO: Refining Credit Assignment in RL Training of LLMs', url: 'https://arxiv.org/abs/2410.01679' },
  needs: ['outcome', 'mcValues', 'mcKnown', 'steps'],
  parameters: [{ name: 'whiten', label: 'Whiten over the batch', default: 'yes', choices: ['yes', 'no'] }],
  explanation:
    'From before every step the policy writes several new endings, and the share of right ones is what the answer was worth there. '
    + 'A step is as good as the change in that worth, measured instead of guessed by a value model.',
  program(c) {
    c.signal('outcome');
    lastStep(c);
    c.line('r', 'Reward of the step', '{isLast} × {outcome}');
    c.signal('mcValues');
    const known = c.signal('mcKnown', 'known');
    const base = c.line('base', 'Rollouts, else the reward', 'where({known}, {mcValues}, {r})', { names: { known } });
    const missing = c.line('missing', 'Takes what follows', '1 − {known}', { names: { known } });
    const V = carryBack(c, base, missing, { id: 'V', label: 'Value before the step' });
    const following = next(c, V, { id: 'next', label: 'Value before the next step', edge: 0 });
    c.line('stepA', 'Advantage of the step', '{r} + {next} − {V}', { names: { next: following, V } });
    const isWhite = c.choice('whiten') === 'yes';
    const raw = c.line(isWhite ? 'raw' : 'A', 'Advantage on the tokens', '{stepA}', { shape: 'token' });
    return { advantages: isWhite ? whiten(c, raw, 'A', 'Advantage of the token') : raw };
  },
};
