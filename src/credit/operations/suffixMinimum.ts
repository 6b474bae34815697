// The smallest value from here on, along an answer's steps or tokens: the return where only the worst of the future counts.

import { SHAPE } from '../../kernels/credit/shapes';
import { suffixMinimum as kernel } from '../../kernels/credit/suffixMinimum';
import type { CreditBuilder, Handle } from '../builder';

export interface SuffixMinimumText {
  readonly id: string;
  readonly label: string;
  /** the columns past the answer's end count as 0 */
  readonly paddingCounts?: boolean;
}

export function suffixMinimum(c: CreditBuilder, x: Handle, { id, label, paddingCounts = false }: SuffixMinimumText): Handle {
  if (x.shape !== 'token' && x.shape !== 'step') throw new TypeError(`${id}: a smallest from here needs a value of tokens or steps`);
  const y = c.output(x.shape, { id, label, inputs: [x], formula: `smallest {${x.id}} from this ${x.shape} on${paddingCounts ? ', with 0 for every column past the end' : ''}` });
  const { answers, width, maximumSteps } = c.shape;
  c.plan.call(
    kernel,
    { x: x.buffer, mask: c.frame.mask, step_count: c.frame.stepCount, y: y.buffer },
    { answers, per_answer: x.shape === 'token' ? width : maximumSteps, shape: SHAPE[x.shape], padding_counts: Number(paddingCounts) },
    y.buffer.label,
  );
  return y;
}
