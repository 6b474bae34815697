// A backward recurrence along an answer's steps or tokens: y = x + factor × y of the next one, where the factor may differ
// from place to place (0 cuts the sum there).

import { carryBack as kernel } from '../../kernels/credit/carryBack';
import { SHAPE } from '../../kernels/credit/shapes';
import type { CreditBuilder, Handle } from '../builder';

/** x is of tokens or steps; factor of the same shape or coarser. */
export function carryBack(c: CreditBuilder, x: Handle, factor: Handle, { id, label }: { readonly id: string; readonly label: string }): Handle {
  if (x.shape !== 'token' && x.shape !== 'step') throw new TypeError(`${id}: only along tokens or steps`);
  const y = c.output(x.shape, { id, label, inputs: [x, factor], formula: `{${x.id}} + {${factor.id}} × the same of the next ${x.shape}` });
  const { answers, width, maximumSteps } = c.shape;
  c.plan.call(
    kernel,
    { x: x.buffer, factor: c.lift(factor, x.shape).buffer, mask: c.frame.mask, step_count: c.frame.stepCount, y: y.buffer },
    { answers, per_answer: x.shape === 'token' ? width : maximumSteps, shape: SHAPE[x.shape] },
    y.buffer.label,
  );
  return y;
}
