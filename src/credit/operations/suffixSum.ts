// Return-to-go along an answer, over its tokens or its steps, with a discount.

import { SHAPE } from '../../kernels/credit/shapes';
import { suffixSum as kernel } from '../../kernels/credit/suffixSum';
import type { Option } from '../../tasks/task';
import type { CreditBuilder, Handle } from '../builder';

export const GAMMA: Option = { name: 'gamma', label: 'Discount a token', default: 1, minimum: 0, maximum: 1 };

export interface SuffixSumOptions {
  readonly id: string;
  readonly label: string;
  readonly discount: number;
  /** a token inside the answer that the mask leaves out ends the sum instead of being skipped */
  readonly resetsAtMask?: boolean;
}

export function suffixSum(c: CreditBuilder, x: Handle, { id, label, discount, resetsAtMask = false }: SuffixSumOptions): Handle {
  if (x.shape !== 'token' && x.shape !== 'step') throw new TypeError(`${id}: a return-to-go needs a value of tokens or steps`);
  const y = c.output(x.shape, {
    id, label, inputs: [x], parameters: { discount },
    formula: `{${x.id}} + {discount} × {${id}›next}`,
  });
  const { answers, width, maximumSteps } = c.shape;
  c.plan.call(
    kernel,
    { x: x.buffer, mask: c.frame.mask, step_count: c.frame.stepCount, y: y.buffer },
    { answers, per_answer: x.shape === 'token' ? width : maximumSteps, shape: SHAPE[x.shape], reset: Number(resetsAtMask), discount },
    y.buffer.label,
  );
  return y;
}
