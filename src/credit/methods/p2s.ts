// P2S (arXiv 2601.20649): where no answer of a group is right, an answer's reward is how much its steps raise the probability of what is
// left of a reference solution; where one is right, the outcome; where the form is wrong, −1. The solution is the task's own, not
// sampled. UNVERIFIED, so ours: the sigmoid's steepness, and the steps' weighted mean as one reward, standardised in the group.

import type { CreditMethod } from '../method';
import { lastStep } from '../operations/lastStep';
import { referenceProbe } from '../operations/referenceProbe';
import { EPSILON, statistic } from '../operations/statistic';
import { zscore } from '../operations/zscore';

export const p2s: CreditMethod = {
  name: 'p2s',
  title: 'P2S',
  paper: { title: 'P2S: Probabilistic Process Supervision for General-Domain Reasoning Question Answering', url: 'https://arxiv.org/abs/2601.20649' },
  needs: ['outcome', 'correct', 'formatOk', 'suffixGain', 'answerLogprobs', 'steps'],
  parameters: [
    { name: 'steepness', label: 'How much later steps count more', default: 5, minimum: 0, maximum: 100 },
    EPSILON,
  ],
  explanation:
    'Where every answer of a group is wrong, answers are compared by how likely each of their steps makes the rest of a reference solution. '
    + 'Where one is right the outcome decides, and a wrong form is worse than both.',
  ours: 'The reference solution is the task’s own; the steepness, and the steps’ weighted mean as one reward, are our defaults.',
  program(c) {
    const correct = c.signal('correct');
    for (const name of ['outcome', 'formatOk', 'suffixGain'] as const) c.signal(name);
    const { left, isLast } = lastStep(c);
    const last = referenceProbe(c, 'sum', 'whole', { id: 'answer', label: 'Log-prob of the reference answer' });
    const F = c.line('F', 'Faithfulness of the step', 'where({isLast}, {answer}, {suffixGain})', { names: { isLast, answer: last } });
    const steps = statistic(c, 'count', F, 'answer', { id: 'steps', label: 'Steps of the answer' });
    const weight = c.line('weight', 'Weight of the step', '1 / (1 + exp(−{steepness} × (({steps} − {left} + 1) / {steps} − 0.5)))', { names: { steps, left } });
    const weighted = c.line('weighted', 'Weighted', '{weight} × {F}', { names: { weight, F } });
    statistic(c, 'sum', weighted, 'answer', { id: 'total', label: 'Weighted sum' });
    statistic(c, 'sum', weight, 'answer', { id: 'weights', label: 'Sum of weights' });
    const anyRight = statistic(c, 'maximum', correct, 'problem', { id: 'anyRight', label: 'Some answer is right' });
    const R = c.line('R', 'Reward of the answer', 'where({formatOk}, where({anyRight}, {outcome}, {total} / {weights}), −1)', { names: { anyRight } });
    return { advantages: zscore(c, R, 'problem', { id: 'A', label: 'Advantage of the answer' }) };
  },
};
