// How much each token counts in the loss of a mini-batch: the five aggregations of verl and TRL. B rows with lengths
// L_b, T columns:
//   token-mean               1 / sum L           seq-mean-token-mean    1 / (rows with tokens * L_b)
//   seq-mean-token-sum       1 / rows with tokens
//   seq-mean-token-sum-norm  1 / T               dr_grpo                1 / (B T)

import type { Aggregation } from './configuration';

export function tokenWeights(aggregation: Aggregation, lengths_B: ArrayLike<number>, columns: number): Float32Array<ArrayBuffer> {
  const lengths = Array.from(lengths_B);
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  const rows = lengths.filter((length) => length > 0).length;
  const weightOf = (length: number): number => {
    switch (aggregation) {
      case 'token-mean': return 1 / tokens;
      case 'seq-mean-token-mean': return 1 / (rows * length);
      case 'seq-mean-token-sum': return 1 / rows;
      case 'seq-mean-token-sum-norm': return 1 / columns;
      case 'dr_grpo': return 1 / (lengths.length * columns);
    }
  };
  const weights_BT = new Float32Array(lengths.length * columns);
  lengths.forEach((length, b) => { if (length > 0) weights_BT.fill(weightOf(length), b * columns, b * columns + length); });
  return weights_BT;
}
