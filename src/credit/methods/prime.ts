// PRIME (arXiv 2502.01456): an implicit process reward model phi, trained only on which answers were right, scores every token
// with q = log phi − log reference. Process and outcome rewards are compared with the other answers' (each token with the mean
// token of the others), summed to a return and whitened. The rows `probability` and `loss` are how phi is taught: the chance
// that the answer is right is sigmoid(beta × sum of q), against the verifier's verdict.
// norm: q divided by the largest |return| of the batch first (the code's batch_norm). The weights are 1 each here, as the
// released leave-one-out code effectively has them; verl's recipe has 5 each.

import type { CreditMethod } from '../method';
import { othersMean } from '../operations/othersMean';
import { statistic } from '../operations/statistic';
import { suffixSum } from '../operations/suffixSum';
import { atEnd } from '../operations/tokenRewards';
import { whiten } from '../operations/whiten';

export const prime: CreditMethod = {
  name: 'prime',
  title: 'PRIME',
  paper: { title: 'Process Reinforcement through Implicit Rewards', url: 'https://arxiv.org/abs/2502.01456' },
  needs: ['phiLogprobs', 'phiReferenceLogprobs', 'correct'],
  parameters: [
    { name: 'coefProcess', label: 'Weight of the token rewards', default: 1, minimum: 0, maximum: 100 },
    { name: 'coefOutcome', label: 'Weight of the outcome', default: 1, minimum: 0, maximum: 100 },
    { name: 'norm', label: 'Scale by the largest return of the batch', default: 'yes', choices: ['no', 'yes'] },
    { name: 'beta', label: 'Temperature of the reward model', default: 0.05, minimum: 0, maximum: 10 },
  ],
  explanation:
    'A second small model learns which answers are right, and the log of how much more it likes a token than before is the token’s reward. '
    + 'Those rewards and the outcome are compared with the other answers to the problem and added up from each token on.',
  ours: 'The weights are 1 each, as the released leave-one-out code effectively has them; verl’s recipe has 5 each.',
  program(c) {
    const names = { phi: c.signal('phiLogprobs'), reference: c.signal('phiReferenceLogprobs') };
    const correct = c.signal('correct');
    const q = c.line('q', 'Implicit reward', '{phi} − {reference}', { names });
    statistic(c, 'sum', q, 'answer', { id: 'D', label: 'Implicit reward of the answer' });
    c.line('probability', 'Reward model’s chance of right', '1 / (1 + exp(min(80, 0 − {beta} × {D})))');
    const losses = c.line('losses', 'Reward model’s loss on the answer', 'max(0, {beta} × {D}) − {beta} × {D} × {correct} + log(1 + exp(0 − abs({beta} × {D})))');
    statistic(c, 'mean', losses, 'batch', { id: 'loss', label: 'Reward model’s loss' });

    let reward = q;
    if (c.choice('norm') === 'yes') {
      const raw = suffixSum(c, q, { id: 'rawReturns', label: 'Implicit return', discount: 1 });
      statistic(c, 'maximum', c.line('size', 'Its size', 'abs({raw})', { names: { raw } }), 'batch', { id: 'largest', label: 'Largest of the batch' });
      reward = c.line('scaled', 'Implicit reward, scaled', '{q} / {largest}');
    }
    const mean = statistic(c, 'mean', reward, 'answer', { id: 'm', label: 'Mean token reward of the answer' });
    const others = othersMean(c, mean, { id: 'others', label: 'Mean token reward of the others' });
    c.line('process', 'Token reward above the others', '{reward} − {others} + ({reward} − {m}) / ({othersSize} − 1)', { names: { reward, others } });
    othersMean(c, correct, { id: 'othersRight', label: 'Share of the others that are right' });
    atEnd(c, c.line('above', 'Outcome above the others', '{correct} − {othersRight}'), 'outcomeReward', 'Outcome at the end');
    const whole = c.line('R', 'Reward of the token', '{coefProcess} × {process} + {coefOutcome} × {outcomeReward}');
    return { advantages: whiten(c, suffixSum(c, whole, { id: 'returns', label: 'Return from here', discount: 1 }), 'A', 'Advantage of the token') };
  },
};
