// A quantile of a token value over each answer or over the batch: the median, or a percentile as a threshold.

import { OVER } from '../../kernels/credit/combineMoments';
import { quantile as kernel } from '../../kernels/credit/quantile';
import type { CreditBuilder, Handle } from '../builder';

/** share 0.5 is the median. */
export function quantile(c: CreditBuilder, x: Handle, share: number, over: 'answer' | 'batch', { id, label }: { readonly id: string; readonly label: string }): Handle {
  if (x.shape !== 'token') throw new TypeError(`${id}: a quantile needs a value of tokens`);
  const y = c.output(over === 'batch' ? 'scalar' : 'answer', {
    id, label, inputs: [x], parameters: { share },
    formula: `{${x.id}} at {share} of the way through all tokens of the ${over}, sorted`,
  });
  c.plan.call(
    kernel,
    { x: x.buffer, mask: c.frame.mask, y: y.buffer },
    { sets: y.buffer.length, answers: c.shape.answers, width: c.shape.width, over: OVER[over], share },
    y.buffer.label,
  );
  return y;
}
