// The standard score (x − mean) / (std + epsilon) over the answers to the problem (their steps or tokens pooled, where x has
// them) or over the batch. Sets without spread, or of one value, give exactly 0.

import type { CreditBuilder, Handle } from '../builder';
import { statistic } from './statistic';

export interface ZscoreText {
  readonly id: string;
  readonly label: string;
  /** the rows of mean and spread are `${prefix}Mean` and `${prefix}Std` */
  readonly prefix?: string;
  readonly ddof?: number;
}

/** Reads the parameter epsilon. */
export function zscore(c: CreditBuilder, x: Handle, over: 'problem' | 'batch', { id, label, prefix = x.id, ddof = 1 }: ZscoreText): Handle {
  const place = over === 'problem' ? 'group' : 'batch';
  const mean = statistic(c, 'mean', x, over, { id: `${prefix}Mean`, label: `Mean of the ${place}` });
  const std = statistic(c, 'std', x, over, { id: `${prefix}Std`, label: `Spread of the ${place}`, ddof });
  return c.line(id, label, '({x} − {mean}) / ({std} + {epsilon})', { names: { x, mean, std } });
}
