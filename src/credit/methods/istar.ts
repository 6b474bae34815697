// iStar (arXiv 2509.19199): an implicit step reward model phi, trained so that the better of two answers to a problem scores
// higher against the sampling policy (the row `loss`). A step's score is beta × sum of log(phi / old policy) over its tokens;
// advantages of answer and step are standardised apart and added. Beta and alpha are ours (UNVERIFIED).

import type { CreditMethod } from '../method';
import { pairLoss } from '../operations/pairLoss';
import { perStep } from '../operations/perStep';
import { DDOF, EPSILON, statistic } from '../operations/statistic';
import { zscore } from '../operations/zscore';

export const istar: CreditMethod = {
  name: 'istar',
  title: 'iStar',
  paper: { title: 'Agentic Reinforcement Learning with Implicit Step Rewards', url: 'https://arxiv.org/abs/2509.19199' },
  needs: ['outcome', 'phiLogprobs', 'oldLogprobs', 'steps'],
  parameters: [
    { name: 'beta', label: 'Temperature of the reward model (ours)', default: 0.05, minimum: 0, maximum: 10 },
    { name: 'alpha', label: 'Weight of the steps (ours)', default: 1, minimum: 0, maximum: 100 },
    DDOF,
    EPSILON,
  ],
  explanation:
    'A second model learns from pairs of answers which of them is better, and how much more it likes a step’s tokens than the policy does is the step’s reward. '
    + 'A token gets the standing of its answer in the group plus the standing of its step among all steps of the group.',
  ours: 'Beta and alpha are our defaults.',
  program(c) {
    const names = { phi: c.signal('phiLogprobs'), old: c.signal('oldLogprobs') };
    const outcome = c.signal('outcome');
    const liked = c.line('liked', 'Reward model over policy', '{phi} − {old}', { names });
    const score = statistic(c, 'sum', liked, 'answer', { id: 'D', label: 'Score of the answer' });
    pairLoss(c, score, outcome, { id: 'loss', label: 'Reward model’s loss' });
    perStep(c, 'sum', liked, { id: 'stepScore', label: 'Score of the step' });
    const r = c.line('r', 'Reward of the step', '{beta} × {stepScore}');
    zscore(c, outcome, 'problem', { id: 'episode', label: 'Standing of the answer', ddof: c.number('ddof') });
    zscore(c, r, 'problem', { id: 'standing', label: 'Standing of the step', ddof: c.number('ddof') });
    return { advantages: c.line('A', 'Advantage of the token', '{episode} + {alpha} × {standing}', { shape: 'token' }) };
  },
};
