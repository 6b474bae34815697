// A recurrence along an answer's steps or tokens: y = x + factor × y of the next one (back) or of the previous one (forward).
// The factor may differ from place to place: 0 cuts the sum there, 1 copies what is carried.

import { carry as kernel } from '../../kernels/credit/carry';
import { SHAPE } from '../../kernels/credit/shapes';
import type { CreditBuilder, Handle } from '../builder';

interface CarryText { readonly id: string; readonly label: string }

/** x is of tokens or steps; factor of the same shape or coarser. */
export const carryBack = (c: CreditBuilder, x: Handle, factor: Handle, text: CarryText): Handle => carry(c, x, factor, text, false);
export const carryForward = (c: CreditBuilder, x: Handle, factor: Handle, text: CarryText): Handle => carry(c, x, factor, text, true);

function carry(c: CreditBuilder, x: Handle, factor: Handle, { id, label }: CarryText, isForward: boolean): Handle {
  if (x.shape !== 'token' && x.shape !== 'step') throw new TypeError(`${id}: only along tokens or steps`);
  const y = c.output(x.shape, {
    id, label, inputs: [x, factor], formula: `{${x.id}} + {${factor.id}} × the same of the ${isForward ? 'previous' : 'next'} ${x.shape}`,
  });
  const { answers, width, maximumSteps } = c.shape;
  c.plan.call(
    kernel,
    { x: x.buffer, factor: c.lift(factor, x.shape).buffer, mask: c.frame.mask, step_count: c.frame.stepCount, y: y.buffer },
    { answers, per_answer: x.shape === 'token' ? width : maximumSteps, shape: SHAPE[x.shape], forward: Number(isForward) },
    y.buffer.label,
  );
  return y;
}
