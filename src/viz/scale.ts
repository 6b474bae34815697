// The domain of a channel: symmetric about its centre, reaching to the 98th percentile of the distances, so that one
// extreme token does not turn the others pale. Values beyond it are counted and shown as such, never rescaled.

import { quantileSorted } from 'd3';

export interface Domain {
  /** the value without colour: 0, or 1 for a ratio */
  readonly center: number;
  /** distance from the centre that gets the full colour; 0 when there is nothing to tell apart */
  readonly limit: number;
}

export function symmetricDomain(values: Iterable<number>, center = 0): Domain {
  const distances = [...values].filter(Number.isFinite).map((value) => Math.abs(value - center)).sort((a, b) => a - b);
  if (distances.length === 0) return { center, limit: 0 };
  const limit = quantileSorted(distances, 0.98)!;
  // with fewer than one value in fifty off the centre the percentile is 0: then the largest one decides
  return { center, limit: limit > 0 ? limit : distances.at(-1)! };
}

/** Where a value lies, in [-1, 1]; NaN stays NaN. */
export function position(domain: Domain, value: number): number {
  if (Number.isNaN(value)) return Number.NaN;
  const distance = value - domain.center;
  if (distance === 0) return 0;
  return domain.limit === 0 ? Math.sign(distance) : Math.max(-1, Math.min(1, distance / domain.limit));
}

/** A hair of tolerance, so that the value that set the limit is not beyond it by rounding. */
export function isBeyond(domain: Domain, value: number): boolean {
  return Math.abs(value - domain.center) > domain.limit * (1 + 1e-6);
}
