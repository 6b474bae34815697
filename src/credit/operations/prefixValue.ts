// The value of a prefix without a value model or extra rollouts: the mean reward of the group's own answers that begin with it
// (an answer that ends there counts too). Before the first token it is the mean of the group.

import type { CreditBuilder, Handle } from '../builder';
import { previous } from './neighbour';
import { setStatistic } from './setStatistic';
import { statistic } from './statistic';

/** Rows `mean`, `V` (after the token) and `before` (before it); R is answer-shaped. */
export function prefixValues(c: CreditBuilder, R: Handle): { readonly mean: Handle; readonly V: Handle; readonly before: Handle } {
  const mean = statistic(c, 'mean', R, 'problem', { id: 'mean', label: 'Mean of the group' });
  const V = setStatistic(c, 'mean', R, 'prefix', { id: 'V', label: 'Value after the token' });
  return { mean, V, before: previous(c, V, { id: 'before', label: 'Value before the token', edge: mean }) };
}
