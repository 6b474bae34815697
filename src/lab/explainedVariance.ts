// How much of the spread of the value targets the values had foreseen: 1 - Var(target - value) / Var(target) over all
// tokens, in float64. 1 is perfect, 0 no better than a constant, below 0 worse than one. Null where targets do not vary.

import { forEachToken } from './rows';

export function explainedVariance(values_NT: ArrayLike<number>, targets_NT: ArrayLike<number>, lengths_N: ArrayLike<number>, width: number): number | null {
  const [targets, errors]: [number[], number[]] = [[], []];
  forEachToken(lengths_N, width, (i) => {
    targets.push(targets_NT[i]!);
    errors.push(targets_NT[i]! - values_NT[i]!);
  });
  // from the first target, so that equal targets have a variance of exactly 0
  const spread = variance(targets.map((one) => one - targets[0]!));
  return spread > 0 ? 1 - variance(errors) / spread : null;
}

function variance(numbers: readonly number[]): number {
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  return numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / numbers.length;
}
