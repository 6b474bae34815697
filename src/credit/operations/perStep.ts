// From a number a token to a number a step: sum, mean, count, first or last over the step's usable tokens.

import { PER_STEP, perStep as kernel, type PerStepName } from '../../kernels/credit/perStep';
import type { CreditBuilder, Handle } from '../builder';

const WORDS: Readonly<Record<PerStepName, (id: string) => string>> = {
  sum: (id) => `sum of {${id}} over the step’s tokens`,
  mean: (id) => `mean of {${id}} over the step’s tokens`,
  count: (id) => `number of the step’s tokens that have {${id}}`,
  first: (id) => `{${id}} at the step’s first token`,
  last: (id) => `{${id}} at the step’s last token`,
};

export function perStep(c: CreditBuilder, which: PerStepName, x: Handle, { id, label }: { readonly id: string; readonly label: string }): Handle {
  if (x.shape === 'step') throw new TypeError(`${id}: ${x.id} is of steps already`);
  const y = c.output('step', { id, label, inputs: [x], formula: WORDS[which](x.id) });
  const { answers, width, maximumSteps } = c.shape;
  c.plan.call(
    kernel,
    { x: c.lift(x, 'token').buffer, step_of_token: c.frame.stepOfToken, step_count: c.frame.stepCount, mask: c.frame.mask, y: y.buffer },
    { answers, width, steps: maximumSteps, which: PER_STEP[which] },
    y.buffer.label,
  );
  return y;
}
