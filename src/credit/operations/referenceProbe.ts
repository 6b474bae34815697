// How likely the policy finds the reference answer at a point of the answer: before or after each step (step-shaped), before
// the first token or after the whole answer (answer-shaped).

import { planBuffer } from '../../gpu/buffer';
import { ENTRY, MEASURE, referenceProbe as kernel } from '../../kernels/credit/referenceProbe';
import type { CreditBuilder, Handle } from '../builder';

const MEASURES: Readonly<Record<keyof typeof MEASURE, string>> = {
  sum: 'log-probability of the reference answer', mean: 'mean log-probability of the reference answer’s tokens',
  expOfSum: 'probability of the reference answer', expOfMean: 'geometric mean of the probabilities of the reference answer’s tokens',
  meanOfExp: 'mean probability of the reference answer’s tokens',
};
const ENTRIES: Readonly<Record<keyof typeof ENTRY, string>> = {
  beforeStep: 'before the step', afterStep: 'after the step', start: 'before the first token', whole: 'after the whole answer',
};

export function referenceProbe(
  c: CreditBuilder, measure: keyof typeof MEASURE, entry: keyof typeof ENTRY, { id, label }: { readonly id: string; readonly label: string },
): Handle {
  const isStep = entry === 'beforeStep' || entry === 'afterStep';
  const y = c.output(isStep ? 'step' : 'answer', { id, label, formula: `${MEASURES[measure]} ${ENTRIES[entry]}` });
  const { answers, maximumSteps } = c.shape;
  const length = Math.max(1, c.shape.referenceTokens ?? 0);
  c.plan.call(
    kernel,
    {
      logprobs: c.input('answerLogprobs', 'answerLogprobs', planBuffer('credit/answerLogprobs', answers * (maximumSteps + 2) * length)),
      tokens: c.input('answerLogprobs', 'answerTokens', planBuffer('credit/answerTokens', answers, 'u32')),
      step_count: c.frame.stepCount, y: y.buffer,
    },
    { answers, steps: maximumSteps, length, measure: MEASURE[measure], entry: ENTRY[entry] },
    y.buffer.label,
  );
  return y;
}
