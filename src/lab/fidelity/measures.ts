// How near a method's credit is to the truth, over a set of tokens. Each measure is a pure function of two rows of numbers;
// none of them minds the scale of the credit, which only sets a step size.

/** The tokens that a measure looks at, already gathered; entry i of every array is the same token. */
export interface CreditPairs {
  readonly credit: Float64Array;
  readonly truth: Float64Array;
  /** Monte Carlo: standard error; enumeration: bound */
  readonly error: Float64Array;
  /** of each token, its answer: entries of one answer are next to each other */
  readonly answer: Uint32Array;
  /** 1 where the answer was wrong */
  readonly isWrong: Uint8Array;
}

export interface Measures {
  /** share of the tokens whose true sign is known that get credit of that sign; none is no sign */
  readonly signAgreement: number;
  /** share of tokens whose true sign is known */
  readonly signCoverage: number;
  /** rank correlation over all tokens */
  readonly spearman: number;
  /** root mean square of truth - c * credit for the best c >= 0 */
  readonly rmse: number;
  /** share of |credit| on tokens whose true credit is zero */
  readonly leak: number;
  /** share of tokens whose true credit is zero */
  readonly leakCoverage: number;
  /** of the wrong answers that a token broke: how often that token has the lowest credit of its answer; ties share */
  readonly breakerFound: number;
  /** share of wrong answers in which such a token is known */
  readonly breakerCoverage: number;
}
export const MEASURES = ['signAgreement', 'spearman', 'rmse', 'leak', 'breakerFound'] as const satisfies readonly (keyof Measures)[];

/** Below this, credit is called zero: as wide as a float32 program's rounding of 0 can be. */
const NO_CREDIT = 1e-6;
/** |A| plus its uncertainty below this is a true zero. */
const TRUE_ZERO = 0.02;
/** standard errors that a sign must be away from 0 */
const SURE = 2;

export function measure(pairs: CreditPairs, isBound: boolean): Measures {
  const { credit, truth, error } = pairs;
  const margin = isBound ? 1 : SURE;
  let [signs, agreed, zeros, leaked, spent] = [0, 0, 0, 0, 0];
  credit.forEach((one, i) => {
    const uncertainty = margin * error[i]!;
    spent += Math.abs(one);
    if (Math.abs(truth[i]!) > uncertainty && Math.abs(truth[i]!) > NO_CREDIT) {
      signs++;
      if (Math.abs(one) > NO_CREDIT && one > 0 === truth[i]! > 0) agreed++;
    }
    if (Math.abs(truth[i]!) + uncertainty < TRUE_ZERO) {
      zeros++;
      leaked += Math.abs(one);
    }
  });
  const { found, known, wrong } = breakers(pairs, margin);
  return {
    signAgreement: agreed / signs, signCoverage: signs / credit.length,
    spearman: pearson(ranks(credit), ranks(truth)), rmse: bestRmse(credit, truth),
    leak: spent > 0 ? leaked / spent : 0, leakCoverage: zeros / credit.length,
    breakerFound: found / known, breakerCoverage: known / wrong,
  };
}

/** The breaking token: the lowest true credit of a wrong answer, surely below zero. */
function breakers({ credit, truth, error, answer, isWrong }: CreditPairs, margin: number) {
  let [found, known, wrong] = [0, 0, 0];
  for (let from = 0, to = 0; from < credit.length; from = to) {
    for (to = from; to < credit.length && answer[to] === answer[from]; to++);
    if (isWrong[from] !== 1) continue;
    wrong++;
    let breaker = from;
    for (let i = from; i < to; i++) if (truth[i]! < truth[breaker]!) breaker = i;
    if (truth[breaker]! > -Math.max(TRUE_ZERO, margin * error[breaker]!)) continue;
    known++;
    const lowest = credit.subarray(from, to).reduce((least, one) => Math.min(least, one), Infinity);
    if (credit[breaker]! > lowest + NO_CREDIT) continue;
    found += 1 / credit.subarray(from, to).filter((one) => one <= lowest + NO_CREDIT).length;
  }
  return { found, known, wrong };
}

/** Mean ranks; what differs by rounding alone is a tie. */
export function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranked = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    for (to = from + 1; to < order.length && values[order[to]!]! - values[order[to - 1]!]! <= NO_CREDIT; to++);
    for (let i = from; i < to; i++) ranked[order[i]!] = (from + to - 1) / 2;
  }
  return ranked;
}

/** 0 where either row is constant: it orders nothing. */
function pearson(x: Float64Array, y: Float64Array): number {
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((one, i) => {
    xy += (one - mx) * (y[i]! - my);
    xx += (one - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  });
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}

function bestRmse(credit: Float64Array, truth: Float64Array): number {
  const along = credit.reduce((sum, one, i) => sum + one * truth[i]!, 0);
  const size = credit.reduce((sum, one) => sum + one * one, 0);
  const scale = size === 0 ? 0 : Math.max(0, along / size);
  return Math.sqrt(mean(truth.map((one, i) => (one - scale * credit[i]!) ** 2)));
}

const mean = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0) / values.length;
