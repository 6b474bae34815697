// Whitening: (x − mean) / √(variance + 1e-8) over all usable tokens of the batch, unbiased variance (verl's masked_whiten).

import type { CreditBuilder, Handle } from '../builder';
import { statistic } from './statistic';

/** Rows `batchMean`, `batchVariance` and `id`. */
export function whiten(c: CreditBuilder, x: Handle, id: string, label: string): Handle {
  statistic(c, 'mean', x, 'batch', { id: 'batchMean', label: 'Mean over the batch' });
  statistic(c, 'variance', x, 'batch', { id: 'batchVariance', label: 'Variance over the batch', ddof: 1 });
  return c.line(id, label, '({x} − {batchMean}) / √({batchVariance} + 1e-8)', { names: { x } });
}
