// Token weights W of the five aggregation modes. What a mode needs of the whole (mini-)batch comes from the host as one coefficient,
// so that micro-batches of one batch get the weights they would have had together.
// Fixtures: policy_losses.json and value_loss.json: mask -> mask, aggregation and norm -> aggregationScalars.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/aggregation_weights.wgsl?raw';

export const aggregationWeights = defineKernel({
  name: 'loss/aggregation_weights',
  bindings: { mask: read('u32'), weights: readWrite('f32') },
  uniforms: { rows: 'u32', length: 'u32', coefficient: 'f32' },
  constants: { DIVIDE_BY_LENGTH: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) }],
  twin({ mask, weights }, { rows, length, coefficient, DIVIDE_BY_LENGTH }) {
    for (let row = 0; row < rows; row++) {
      const ofRow = mask.subarray(row * length, (row + 1) * length);
      const tokens = ofRow.filter((one) => one !== 0).length;
      const weight = DIVIDE_BY_LENGTH !== 0 ? coefficient / Math.max(tokens, 1) : coefficient;
      ofRow.forEach((one, t) => { weights[row * length + t] = one !== 0 ? weight : 0; });
    }
  },
});

export const AGGREGATIONS = ['token-mean', 'seq-mean-token-mean', 'seq-mean-token-sum', 'seq-mean-token-sum-norm', 'dr_grpo'] as const;
export type AggregationMode = (typeof AGGREGATIONS)[number];

export interface AggregationBatch {
  /** [N,T] of the whole batch that one loss averages over, 0 or 1 */
  readonly mask_NT: ArrayLike<number>;
  readonly length: number;
  /** T where null; only seq-mean-token-sum-norm and dr_grpo read it */
  readonly norm: number | null;
}

/** The mode's scalars; a batch without tokens weighs nothing. Rows without tokens count in dr_grpo alone (as in TRL). */
export function aggregationScalars(mode: AggregationMode, { mask_NT, length, norm }: AggregationBatch): { coefficient: number; DIVIDE_BY_LENGTH: number } {
  const divisor = norm ?? length;
  if (!(divisor > 0)) throw new RangeError(`aggregation norm ${divisor} is not above 0`);
  const rows = mask_NT.length / length;
  if (!Number.isInteger(rows)) throw new RangeError(`mask of ${mask_NT.length} is not rows of ${length}`);
  const counts = Array.from({ length: rows }, (_, row) => Array.from({ length }, (_, t) => mask_NT[row * length + t]!).filter((one) => one !== 0).length);
  const tokens = counts.reduce((sum, one) => sum + one, 0);
  const sequences = counts.filter((one) => one > 0).length;
  const share = (whole: number): number => (tokens === 0 ? 0 : 1 / whole);
  switch (mode) {
    case 'token-mean': return { coefficient: share(tokens), DIVIDE_BY_LENGTH: 0 };
    case 'seq-mean-token-mean': return { coefficient: share(sequences), DIVIDE_BY_LENGTH: 1 };
    case 'seq-mean-token-sum': return { coefficient: share(sequences), DIVIDE_BY_LENGTH: 0 };
    case 'seq-mean-token-sum-norm': return { coefficient: share(divisor), DIVIDE_BY_LENGTH: 0 };
    case 'dr_grpo': return { coefficient: share(rows * divisor), DIVIDE_BY_LENGTH: 0 };
    default: throw new RangeError(`unknown aggregation ${String(mode satisfies never)}`);
  }
}
