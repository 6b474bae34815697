// Per-token KL estimators shared by loss/kl_penalty and loss/kl_in_reward; formulas in shaders/loss/kl_estimate.wgsl, whose text goes
// in front of theirs. `clamped` is verl's: log ratio within +-20, k3 at most 10.

const KINDS = { k1: 0, k2: 1, k3: 2, abs: 3, 'k1+': 4, 'k3+': 5 } as const;
export type KlEstimator = keyof typeof KINDS;
export const KL_ESTIMATORS = Object.keys(KINDS) as readonly KlEstimator[];

/** The estimator's scalars. The cap is k3's alone, with or without the slope of k2. */
export function klScalars(kind: KlEstimator, isClamped: boolean): { KIND: number; log_ratio_limit: number; cap: number } {
  if (!Object.hasOwn(KINDS, kind)) throw new RangeError(`unknown KL estimator ${String(kind)}`);
  return { KIND: KINDS[kind], log_ratio_limit: isClamped ? 20 : 0, cap: isClamped && (kind === 'k3' || kind === 'k3+') ? 10 : 0 };
}

export function klEstimate(kind: number, logRatio: number, limit: number, cap: number): { value: number; slope: number } {
  const isOutside = limit > 0 && Math.abs(logRatio) > limit;
  const x = isOutside ? Math.sign(logRatio) * limit : logRatio;
  const inside = isOutside ? 0 : 1;
  switch (kind) {
    case KINDS.k1: return { value: x, slope: inside };
    case KINDS.k2: return { value: (x * x) / 2, slope: inside * x };
    case KINDS.abs: return { value: Math.abs(x), slope: inside * Math.sign(x) };
    case KINDS['k1+']: return { value: x, slope: inside * x };
  }
  const value = Math.expm1(-x) + x;
  const isCapped = cap > 0 && value > cap;
  const slope = kind === KINDS['k3+'] ? x : isCapped ? 0 : -Math.expm1(-x);
  return { value: isCapped ? cap : value, slope: inside * slope };
}
