// PSR, NSR and W-REINFORCE (arXiv 2506.01347): right answers get +1, wrong ones −1, whatever the group did. PSR keeps the right
// rows alone, NSR the wrong ones, W-REINFORCE both with the right ones weighted by lambda (0.1).

import type { CreditMethod } from '../method';

export const psrNsr: CreditMethod = {
  name: 'psr_nsr',
  title: 'PSR / NSR / W-REINFORCE',
  paper: { title: 'The Surprising Effectiveness of Negative Reinforcement in LLM Reasoning', url: 'https://arxiv.org/abs/2506.01347' },
  needs: ['correct'],
  parameters: [
    { name: 'mode', label: 'Learn from', default: 'w_reinforce', choices: ['psr', 'nsr', 'w_reinforce'] },
    { name: 'lambda', label: 'Weight of right answers (w_reinforce)', default: 0.1, minimum: 0, maximum: 10 },
  ],
  explanation:
    'Right answers are reinforced or wrong ones discouraged, each by the same amount, without comparing the answers to a problem. '
    + 'Learning from wrong answers alone keeps the policy’s variety, because it only takes probability away from what failed.',
  program(c) {
    c.signal('correct');
    switch (c.choice('mode')) {
      case 'psr': {
        const rowMask = c.line('kept', 'In the loss', '{correct}');
        return { advantages: c.line('A', 'Advantage of the answer', '{correct}'), rowMask };
      }
      case 'nsr': {
        const rowMask = c.line('kept', 'In the loss', '1 − {correct}');
        return { advantages: c.line('A', 'Advantage of the answer', '{correct} − 1'), rowMask };
      }
      default: {
        const rowMask = c.line('kept', 'In the loss', '1', { shape: 'answer' });
        return { advantages: c.line('A', 'Advantage of the answer', '{lambda} × {correct} − (1 − {correct})'), rowMask };
      }
    }
  },
};
