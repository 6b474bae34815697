// DAPO's soft overlong punishment: 0 up to limit − cache tokens, then falling in a straight line to −1 at the limit.

import type { CreditBuilder, Handle } from '../builder';
import { answerLength } from './answerLength';

/** Rows `length` and `id`; reads the parameter cache. maximumLength 0 is the width of the batch. */
export function overlongPenalty(c: CreditBuilder, { id, label, maximumLength }: { id: string; label: string; maximumLength: number }): Handle {
  answerLength(c);
  return c.line(id, label, `min(0, (${maximumLength === 0 ? c.shape.width : maximumLength} − {cache} − {length}) / {cache})`);
}
