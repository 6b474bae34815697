// PURE (arXiv 2504.15275): a solution is as good as its worst step. Steps are scored in [−1, 1]; r = softmax(−score / T) × score
// sums to nearly the worst score, so that the return-to-go past the worst step is nearly nothing. `sum` adds the scores up
// instead, the form that the paper warns of: more steps earn more. `strict_steps` and `strict_dense` take the running minimum
// itself, over the steps or (as the released code) over the padded row, whose zeros hold it at 0 or below.
// Baselines: token (reward a token of the other answers), step (a step), verl (their returns over the padded width).
// Ours: a step's tokens include its delimiter; no baseline where there is no other answer; verifier and KL off the strict
// and verl forms' baseline; the penalty on leaving the reference is off by default.

import type { CreditBuilder, Handle } from '../builder';
import type { CreditMethod } from '../method';
import { answerLength } from '../operations/answerLength';
import { othersMean } from '../operations/othersMean';
import { perStep } from '../operations/perStep';
import { statistic } from '../operations/statistic';
import { suffixMinimum } from '../operations/suffixMinimum';
import { suffixSum } from '../operations/suffixSum';
import { atEnd } from '../operations/tokenRewards';

export const pure: CreditMethod = {
  name: 'pure',
  title: 'PURE',
  paper: { title: 'Stop Summation: Min-Form Credit Assignment Is All Process Reward Model Needs for Reasoning', url: 'https://arxiv.org/abs/2504.15275' },
  needs: ['prmSigned', 'steps', 'correct', 'oldLogprobs', 'referenceLogprobs'],
  parameters: [
    { name: 'credit', label: 'Worth of what follows', default: 'softmin', choices: ['softmin', 'sum', 'strict_steps', 'strict_dense'] },
    { name: 'temperature', label: 'Temperature of the minimum', default: 0.1, minimum: 0.01, maximum: 10 },
    { name: 'baseline', label: 'Baseline (the strict forms always take verl)', default: 'token', choices: ['token', 'step', 'verl'] },
    { name: 'verifierWeight', label: 'Weight of the verifier', default: 1, minimum: 0, maximum: 100 },
    { name: 'klWeight', label: 'Penalty on leaving the reference', default: 0, minimum: 0, maximum: 10 },
    { name: 'zeroStepEnds', label: 'No advantage on a step’s last token', default: 'no', choices: ['no', 'yes'] },
  ],
  explanation:
    'What follows a token is worth its worst step, so a wrong step takes the credit away from all that led to it and from itself. '
    + 'Summing the scores instead teaches a policy to write many good-looking steps.',
  ours: 'A step’s tokens include its delimiter, there is no baseline where there is no other answer, and the penalty on leaving the reference is off by default.',
  program(c) {
    const score = c.signal('prmSigned', 'score');
    const isStrict = c.choice('credit').startsWith('strict');
    const worth = isStrict || c.choice('baseline') === 'verl' ? paddedReturn(c, score) : stepReturn(c, score);
    const terms = [`{${worth.id}}`];
    if (c.number('verifierWeight') > 0) terms.push(`{verifierWeight} × {${verdict(c).id}}`);
    if (c.number('klWeight') > 0) terms.push(`{klWeight} × {${distance(c).id}}`);
    const whole = terms.length === 1 ? worth : c.line('total', 'Advantage before step ends', terms.join(' + ').replace('+ {klWeight}', '− {klWeight}'));
    if (c.choice('zeroStepEnds') === 'no') return { advantages: c.line('A', 'Advantage of the token', '{whole}', { names: { whole } }) };
    atEnd(c, c.line('ending', 'Step', '1', { shape: 'step' }), 'isStepEnd', 'Last token of a step');
    return { advantages: c.line('A', 'Advantage of the token', '{whole} × (1 − {isStepEnd})', { names: { whole } }) };
  },
};

/** Row `r` [step]: the reward of each step. */
function stepReward(c: CreditBuilder, score: Handle): Handle {
  if (c.choice('credit') === 'sum') return c.line('r', 'Reward of the step', '{score}', { names: { score } });
  statistic(c, 'minimum', score, 'answer', { id: 'worst', label: 'Worst step of the answer' });
  const weight = c.line('weight', 'Weight before scaling', 'exp(({worst} − {score}) / {temperature})');
  statistic(c, 'sum', weight, 'answer', { id: 'weightSum', label: 'Sum of the weights' });
  return c.line('r', 'Reward of the step', '{weight} / {weightSum} × {score}');
}

/** x over the problem's other answers, as formula text. */
const others = (c: CreditBuilder, x: Handle, label: string): string =>
  `({${statistic(c, 'sum', x, 'problem', { id: `${x.id}Group`, label: `${label}, all answers` }).id}} − {${x.id}})`;

/** Row `returns`: return-to-go of the step rewards, each less a baseline from the problem's other answers. */
function stepReturn(c: CreditBuilder, score: Handle): Handle {
  const r = stepReward(c, score);
  let formula: string;
  if (c.choice('baseline') === 'token') {
    const total = statistic(c, 'sum', r, 'answer', { id: 'S', label: 'Step rewards of the answer' });
    const { one, length } = answerLength(c);
    c.line('b', 'Reward a token of the other answers', `${others(c, total, 'Step rewards')} / ${others(c, length, 'Tokens')}`);
    perStep(c, 'count', one, { id: 'stepLength', label: 'Tokens of the step' });
    formula = '{r} − {b} × {stepLength}';
  } else {
    const mean = statistic(c, 'mean', r, 'answer', { id: 'S', label: 'Mean step reward of the answer' });
    statistic(c, 'count', r, 'answer', { id: 'steps', label: 'Steps of the answer' });
    const has = c.line('hasSteps', 'Answer has steps', '{steps} > 0');
    c.line('b', 'Mean step reward of the other answers', `${others(c, mean, 'Mean step rewards')} / ${others(c, has, 'Answers with steps')}`);
    formula = '{r} − {b}';
  }
  const above = c.line('above', 'Step reward above the baseline', formula);
  return suffixSum(c, atEnd(c, above, 'R', 'Reward of the token'), { id: 'returns', label: 'Return from here', discount: 1 });
}

/** Row `above`: what follows each token, less that of the problem's other answers a column of the padded batch. */
function paddedReturn(c: CreditBuilder, score: Handle): Handle {
  const returns = { id: 'returns', label: 'Worth from here' };
  let worth: Handle;
  switch (c.choice('credit')) {
    case 'strict_steps': {
      const lowest = suffixMinimum(c, score, { id: 'lowest', label: 'Worst step from here on' });
      worth = c.line(returns.id, returns.label, '{lowest}', { names: { lowest }, shape: 'token' });
      break;
    }
    case 'strict_dense':
      worth = suffixMinimum(c, atEnd(c, score, 'R', 'Score of the token'), { ...returns, paddingCounts: true });
      break;
    default:
      worth = suffixSum(c, atEnd(c, stepReward(c, score), 'R', 'Reward of the token'), { ...returns, discount: 1 });
  }
  const total = statistic(c, 'sum', worth, 'answer', { id: 'S', label: 'Returns of the answer’s tokens' });
  statistic(c, 'count', total, 'problem', { id: 'size', label: 'Answers of the problem' });
  c.line('b', 'Return a column of the other answers', `${others(c, total, 'Returns')} / (({size} − 1) × ${c.shape.width})`);
  return c.line('above', 'Return above the baseline', '{returns} − {b}', { shape: 'token' });
}

/** Row `verdict`: the verifier's 0 or −1 less that of the others, from the answer's last token back to all of them. */
function verdict(c: CreditBuilder): Handle {
  c.signal('correct');
  const v = c.line('v', 'Verdict', '{correct} − 1');
  othersMean(c, v, { id: 'others', label: 'Verdict on the other answers' });
  return c.line('verdict', 'Verdict above the others', '{v} − {others}', { shape: 'token' });
}

/** Row `distance`: how far the rest of the answer leaves the reference. */
function distance(c: CreditBuilder): Handle {
  const kl = c.line('kl', 'Distance from the reference', '{old} − {reference}', { names: { old: c.signal('oldLogprobs'), reference: c.signal('referenceLogprobs') } });
  return suffixSum(c, kl, { id: 'distance', label: 'Distance from here on', discount: 1 });
}
