// Credit of several methods on one scale with the truth. Only a method's direction and proportions matter to training; its size is
// a step size. So before methods stand under each other each may be multiplied by one number of its own, the same for the whole batch.

import type { CreditRecord } from '../lab/record';

/** `best`: what brings it nearest to the truth; `largest`: what makes its largest credit as large as the truth's; `raw`: 1. */
export const SCALINGS = ['largest', 'best', 'raw'] as const;
export type Scaling = (typeof SCALINGS)[number];

/** One number a token, flat [N, T]; 0 beyond an answer's end. */
export type Numbers = ArrayLike<number>;

/** The credit that training would see: 0 for answers that the method keeps out of the loss. */
export function trainedCredit({ rows, rowMask, advantages_NT }: Pick<CreditRecord, 'rows' | 'rowMask' | 'advantages_NT'>, width: number): Float32Array {
  const kept_N = rows.find(({ id }) => id === rowMask)?.values;
  return kept_N === undefined ? advantages_NT : advantages_NT.map((one, i) => (kept_N[Math.floor(i / width)] === 0 ? 0 : one));
}

/** The c >= 0 with the least sum of (truth - c * credit)^2; 0 where the method gives no credit or points away from the truth. */
export function bestScale(credit_NT: Numbers, truth_NT: Numbers): number {
  let [along, size] = [0, 0];
  for (let i = 0; i < credit_NT.length; i++) {
    along += credit_NT[i]! * truth_NT[i]!;
    size += credit_NT[i]! ** 2;
  }
  return size === 0 ? 0 : Math.max(0, along / size);
}

export function scaleFactor(scaling: Scaling, credit_NT: Numbers, truth_NT: Numbers): number {
  if (scaling === 'raw') return 1;
  if (scaling === 'best') return bestScale(credit_NT, truth_NT);
  const [largest, target] = [largestMagnitude(credit_NT), largestMagnitude(truth_NT)];
  // nothing can be made as large as nothing
  return largest === 0 || target === 0 ? 1 : target / largest;
}

/** 0 where there are no numbers; what is not finite is passed over. */
export function largestMagnitude(values: Numbers): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) largest = Math.max(largest, Math.abs(values[i]!));
  return largest;
}

/** Of these answers only, one after the other, without what lies beyond their ends. */
export function numbersOf(values_NT: Numbers, { lengths_N, width }: { readonly lengths_N: Numbers; readonly width: number }, answers: readonly number[]): number[] {
  return answers.flatMap((n) => Array.from({ length: lengths_N[n]! }, (_, t) => values_NT[n * width + t]!));
}

/** The token with the lowest true credit of an answer: the one that broke it, if any did. */
export function lowestToken(truth_NT: Numbers, answer: number, { lengths_N, width }: { readonly lengths_N: Numbers; readonly width: number }): number {
  let lowest = 0;
  for (let t = 1; t < lengths_N[answer]!; t++) if (truth_NT[answer * width + t]! < truth_NT[answer * width + lowest]!) lowest = t;
  return lowest;
}
