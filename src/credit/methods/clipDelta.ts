// Clip and Delta (arXiv 2410.15115): two cures for a policy that farms a process reward. Clip pays only below a bar,
// min(score − eta, 0); Delta pays the difference to the next step's score, so that repeating a good step earns nothing.
// Which end of the answer gets the 0 under Delta is not settled (UNVERIFIED): answer_zero gives the last step (the answer)
// nothing and the one before it its own score, own_score gives the last its own. Eta and the weight are ours.

import type { CreditMethod } from '../method';
import { gae } from '../operations/gae';
import { lastStep } from '../operations/lastStep';
import { next } from '../operations/neighbour';
import { GAMMA, suffixSum } from '../operations/suffixSum';
import { atEnd } from '../operations/tokenRewards';

export const clipDelta: CreditMethod = {
  name: 'clip_delta',
  title: 'Clip and Delta',
  paper: { title: 'On Designing Effective RL Reward at Training Time for LLM Reasoning', url: 'https://arxiv.org/abs/2410.15115' },
  needs: ['prmProb', 'outcome', 'values', 'steps'],
  parameters: [
    { name: 'clip', label: 'Clip', default: 'yes', choices: ['yes', 'no'] },
    { name: 'delta', label: 'Delta', default: 'yes', choices: ['yes', 'no'] },
    { name: 'eta', label: 'Bar of Clip (ours)', default: 0.9, minimum: 0, maximum: 1 },
    { name: 'last', label: 'Delta at the last step', default: 'answer_zero', choices: ['answer_zero', 'own_score'] },
    { name: 'processWeight', label: 'Weight of the step scores (ours)', default: 1, minimum: 0, maximum: 100 },
    GAMMA,
    { name: 'lambda', label: 'Generalised advantage: trust in the return', default: 0.95, minimum: 0, maximum: 1 },
  ],
  explanation:
    'A process reward pays the policy for writing more good-looking steps, so it is paid only as a penalty below a bar, and only for what a step adds. '
    + 'Step scores and outcome then become advantages against a value model.',
  ours: 'Which end of the answer gets the 0 is not settled, so both are options; the bar and the weight are our defaults.',
  program(c) {
    let score = c.signal('prmProb', 's');
    if (c.choice('clip') === 'yes') score = c.line('clipped', 'Below the bar', 'min({s} − {eta}, 0)');
    if (c.choice('delta') === 'yes') {
      next(c, score, { id: 'following', label: 'The same of the next step', edge: 0 });
      let formula = '{score} − {following}';
      if (c.choice('last') === 'answer_zero') {
        lastStep(c);
        formula = 'where({isLast}, 0, {score} − {following} × ({left} > 2))';
      }
      score = c.line('r', 'Reward of the step', formula, { names: { score } });
    } else score = c.line('r', 'Reward of the step', '{score}', { names: { score } });
    atEnd(c, score, 'stepReward', 'Reward at the step’s end');
    atEnd(c, c.signal('outcome'), 'outcomeReward', 'Outcome at the end');
    const R = c.line('R', 'Reward of the token', '{processWeight} × {stepReward} + {outcomeReward}');
    suffixSum(c, R, { id: 'returns', label: 'Return from here', discount: c.number('gamma') });
    return { advantages: gae(c, R, c.signal('values'), { id: 'A', label: 'Advantage of the token', gamma: c.number('gamma'), lambda: c.number('lambda') }) };
  },
};
