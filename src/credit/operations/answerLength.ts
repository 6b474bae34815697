// Usable tokens of each answer, and a 1 a token to count with.

import type { CreditBuilder, Handle } from '../builder';
import { statistic } from './statistic';

/** Rows `one` [token] and `length` [answer]. */
export function answerLength(c: CreditBuilder): { readonly one: Handle; readonly length: Handle } {
  const one = c.line('one', 'Token', '1', { shape: 'token' });
  return { one, length: statistic(c, 'sum', one, 'answer', { id: 'length', label: 'Tokens of the answer' }) };
}
