// Percentile intervals by the bootstrap (Efron 1979) over problems: answers to one problem are compared with each other by most
// methods, so the problem is what was drawn independently. Every method meets the same resamples.

import { RandomStream } from '../../random/threefry';

export interface Interval {
  readonly value: number;
  /** 2.5 % and 97.5 % of the resamples */
  readonly low: number;
  readonly high: number;
}

/** `times` lists of `count` indices drawn with replacement. */
export function resamples(count: number, times: number, seed: number): Uint32Array[] {
  const random = RandomStream.of(seed, 'bootstrap');
  return Array.from({ length: times }, () => Uint32Array.from({ length: count }, () => random.below(count)));
}

/** Undefined statistics of a resample (no wrong answer in it, say) are left out; null where the value itself is undefined. */
export function intervalOf(value: number, statistics: readonly number[]): Interval | null {
  if (!Number.isFinite(value)) return null;
  const sorted = statistics.filter(Number.isFinite).sort((a, b) => a - b);
  return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
