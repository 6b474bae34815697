// Places by size within an answer: 0 is the largest of its tokens or steps, ties go to the earlier one.

import { rank as kernel } from '../../kernels/credit/rank';
import { SHAPE } from '../../kernels/credit/shapes';
import type { CreditBuilder, Handle } from '../builder';

export function rank(c: CreditBuilder, x: Handle, { id, label }: { readonly id: string; readonly label: string }): Handle {
  if (x.shape !== 'token' && x.shape !== 'step') throw new TypeError(`${id}: only tokens and steps are ranked within an answer`);
  const y = c.output(x.shape, { id, label, inputs: [x], formula: `how many of the answer’s ${x.shape}s have a larger {${x.id}}` });
  const { answers, width, maximumSteps } = c.shape;
  c.plan.call(
    kernel,
    { x: x.buffer, mask: c.frame.mask, step_count: c.frame.stepCount, y: y.buffer },
    { answers, per_answer: x.shape === 'token' ? width : maximumSteps, shape: SHAPE[x.shape], descending: 1 },
    y.buffer.label,
  );
  return y;
}
