// Looking back from a token over a short window: the largest value there, and which tokens are so looked back at.

import { pointedAt } from '../../kernels/credit/pointedAt';
import { windowMaximum } from '../../kernels/credit/windowMaximum';
import type { CreditBuilder, Handle } from '../builder';

export interface Window {
  /** largest value among the tokens before this one; 0 where there is none */
  readonly largest: Handle;
  /** how many tokens before this one it stands; 0 where there is none */
  readonly distance: Handle;
  readonly back: number;
}

/** Rows `largest` and `distance`, over the `back` tokens before each. */
export function lookBack(c: CreditBuilder, x: Handle, back: number): Window {
  if (x.shape !== 'token') throw new TypeError(`${x.id}: only tokens look back`);
  const largest = c.output('token', { id: 'largest', label: 'Largest just before', inputs: [x], parameters: { back }, formula: `largest {${x.id}} among the {back} tokens before` });
  const distance = c.output('token', { id: 'distance', label: 'How far back it stands', inputs: [x], parameters: { back }, formula: `tokens back to the largest {${x.id}} among the {back} before` });
  c.plan.call(
    windowMaximum,
    { x: x.buffer, mask: c.frame.mask, largest: largest.buffer, distance: distance.buffer },
    { answers: c.shape.answers, width: c.shape.width, back },
    largest.buffer.label,
  );
  return { largest, distance, back };
}

/** 1 at the tokens that a flagged later token looks back at. */
export function lookedAt(c: CreditBuilder, flag: Handle, { distance, back }: Window, { id, label }: { readonly id: string; readonly label: string }): Handle {
  const y = c.output('token', { id, label, inputs: [flag, distance], formula: `1 where a later token with {${flag.id}} stands {${distance.id}} tokens after this one` });
  c.plan.call(
    pointedAt,
    { flag: c.lift(flag, 'token').buffer, distance: distance.buffer, mask: c.frame.mask, y: y.buffer },
    { answers: c.shape.answers, width: c.shape.width, back },
    y.buffer.label,
  );
  return y;
}
