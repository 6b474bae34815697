// Answers that the method keeps out of the loss, such as groups without a signal: their tokens are shown grey and without a bar, since no
// credit is something else than credit of zero.

import type { PartialUpdate } from './channel';
import { geometryOf, valueAt } from './creditGeometry';

export const LEFT_OUT_WORDS = 'left out of the loss';

export function isLeftOut(update: PartialUpdate, answer: number): boolean {
  const { credit } = update;
  const row = credit?.rowMask === undefined ? undefined : credit.rows.find(({ id }) => id === credit.rowMask);
  return row !== undefined && valueAt(row, geometryOf(update), { answer, token: 0 }) === 0;
}
