// The domain of a channel: symmetric about its centre, reaching to the 98th percentile of the distances, so that one
// extreme token does not turn the others pale. Values beyond it are counted and shown as such, never rescaled.

export interface Domain {
  /** the value without colour: 0, or 1 for a ratio */
  readonly center: number;
  /** distance from the centre that gets the full colour; 0 when there is nothing to tell apart */
  readonly limit: number;
  /** signed square root: small values get more of the colour and the bar, at the price of proportion */
  readonly isRoot?: boolean;
}

export function symmetricDomain(values: Iterable<number>, center = 0): Domain {
  // a typed array sorts by number, and much faster: a whole run may have a million values
  const distances = Float64Array.from(values, (value) => Math.abs(value - center)).filter(Number.isFinite).sort();
  if (distances.length === 0) return { center, limit: 0 };
  const rank = 0.98 * (distances.length - 1);
  const [low, high] = [distances[Math.floor(rank)]!, distances[Math.ceil(rank)]!];
  const limit = low + (rank - Math.floor(rank)) * (high - low);
  // with fewer than one value in fifty off the centre the percentile is 0: then the largest one decides
  return { center, limit: limit > 0 ? limit : distances.at(-1)! };
}

/** Where a value lies, in [-1, 1]; NaN stays NaN. */
export function position(domain: Domain, value: number): number {
  if (Number.isNaN(value)) return Number.NaN;
  const distance = value - domain.center;
  if (distance === 0) return 0;
  if (domain.limit === 0) return Math.sign(distance);
  const share = Math.min(1, Math.abs(distance) / domain.limit);
  return Math.sign(distance) * (domain.isRoot === true ? Math.sqrt(share) : share);
}

/** A hair of tolerance, so that the value that set the limit is not beyond it by rounding. */
export function isBeyond(domain: Domain, value: number): boolean {
  return Math.abs(value - domain.center) > domain.limit * (1 + 1e-6);
}
