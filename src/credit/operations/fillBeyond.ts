// An answer goes on, past its end, with a value of its own: what padded rows of some codes hold.

import { fillBeyond as kernel } from '../../kernels/credit/fillBeyond';
import type { CreditBuilder, Handle } from '../builder';

/** x is of tokens, fill of answers. The row is not 0 past the answer's end, unlike all others. */
export function fillBeyond(c: CreditBuilder, x: Handle, fill: Handle, { id, label }: { readonly id: string; readonly label: string }): Handle {
  if (x.shape !== 'token' || fill.shape !== 'answer') throw new TypeError(`${id}: fills a value of tokens with one of answers`);
  const y = c.output('token', { id, label, inputs: [x, fill], formula: `{${x.id}}, and {${fill.id}} past the answer’s end` });
  c.plan.call(kernel, { x: x.buffer, fill: fill.buffer, mask: c.frame.mask, y: y.buffer }, { answers: c.shape.answers, width: c.shape.width }, y.buffer.label);
  return y;
}
