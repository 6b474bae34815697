// By hand.

import { describe, expect, it } from 'vitest';
import { resamples, intervalOf } from './bootstrap';
import { cosineOf, products } from './gradientCosine';
import { measure, ranks, type CreditPairs } from './measures';

const pairsOf = (credit: number[], truth: number[], more: Partial<{ error: number[]; answer: number[]; isWrong: number[] }> = {}): CreditPairs => ({
  credit: Float64Array.from(credit), truth: Float64Array.from(truth), error: Float64Array.from(more.error ?? truth.map(() => 0)),
  answer: Uint32Array.from(more.answer ?? truth.map(() => 0)), isWrong: Uint8Array.from(more.isWrong ?? truth.map(() => 1)),
});

describe('fidelity measures', () => {
  it('signs count where the truth is sure of them; no credit is no sign', () => {
    const pairs = pairsOf([1, -1, 0, 5, -5], [0.5, 0.4, -0.3, 0.1, 0], { error: [0.1, 0.1, 0.1, 0.06, 0] });
    expect(measure(pairs, false)).toMatchObject({ signAgreement: 1 / 3, signCoverage: 3 / 5 });
    // a bound is sure at once
    expect(measure(pairs, true)).toMatchObject({ signAgreement: 2 / 4, signCoverage: 4 / 5 });
  });

  it('leak is the share of credit on tokens that deserve none', () => {
    const pairs = pairsOf([3, -1, 2, 4], [0, 0.01, 0.5, 0.01], { error: [0, 0.004, 0, 0.006] });
    // the fourth token may deserve 0.022
    expect(measure(pairs, false)).toMatchObject({ leak: 4 / 10, leakCoverage: 2 / 4 });
    expect(measure(pairsOf([0, 0], [0, 1]), true).leak).toBe(0);
  });

  it('the best scale is not negative', () => {
    expect(measure(pairsOf([2, 4, -6], [1, 2, -3]), true).rmse).toBeCloseTo(0, 12);
    expect(measure(pairsOf([-2, -4, 6], [1, 2, -3]), true).rmse).toBeCloseTo(Math.sqrt(14 / 3), 12);
    // c = 5/2 leaves (-1/2, 1/2)
    expect(measure(pairsOf([1, 1], [2, 3]), true).rmse).toBeCloseTo(0.5, 12);
  });

  it('Spearman shares ranks among ties', () => {
    expect([...ranks(Float64Array.from([3, 1, 3, 2]))]).toEqual([2.5, 0, 2.5, 1]);
    expect(measure(pairsOf([1, 2, 2, 4, 5, -3], [2, 1, 3, 3, 9, 0.5]), true).spearman).toBeCloseTo(59 / 68, 12);
    expect(measure(pairsOf([1, 1, 1], [1, 2, 3]), true).spearman).toBe(0);
  });

  it('the token that broke the answer: lowest true credit of a wrong answer; ties share', () => {
    const pairs = pairsOf(
      [-1, -1, 0, /**/ 0, -2, /**/ 5, -9, /**/ 1, 2],
      [0, -0.5, 0.1, /**/ -0.4, 0.1, /**/ -0.9, 0, /**/ 0, -0.01],
      { answer: [0, 0, 0, 1, 1, 2, 2, 3, 3], isWrong: [1, 1, 1, 1, 1, 0, 0, 1, 1] },
    );
    // answer 0: one of two lowest; answer 1: another token; answer 2 is right; answer 3: nothing broke it
    expect(measure(pairs, true)).toMatchObject({ breakerFound: 0.5 / 2, breakerCoverage: 2 / 3 });
  });
});

describe('gradient cosine', () => {
  it('is the cosine of the sums, for any resample', () => {
    const a = [Float32Array.of(1, 2, 0), Float32Array.of(0, -1, 3)];
    const b = [Float32Array.of(2, 0, 1), Float32Array.of(1, 1, 1)];
    const [ab, aa, bb] = [products(a, b), products(a, a), products(b, b)];
    // (1, 1, 3) and (3, 1, 2)
    expect(cosineOf(ab, aa, bb, [0, 1])).toBeCloseTo(10 / Math.sqrt(11 * 14), 12);
    expect(cosineOf(ab, aa, bb, [1, 1])).toBeCloseTo(2 / Math.sqrt(10 * 3), 12);
    expect(cosineOf(products([new Float32Array(3)], [b[0]!]), Float64Array.of(0), Float64Array.of(5), [0])).toBe(0);
  });
});

describe('bootstrap', () => {
  it('covers the mean of a known distribution about as often as it says', () => {
    // 40 independent sets of 30 uniform numbers; the 95 % interval should miss 1/2 in about 2 of them
    let missed = 0;
    for (let set = 0; set < 40; set++) {
      const values = resamples(1000, 1, 100 + set)[0]!.slice(0, 30).map((one) => one);
      const statistic = (index: ArrayLike<number>): number => Array.from(index, (i) => values[i]! / 999).reduce((sum, one) => sum + one, 0) / index.length;
      const interval = intervalOf(statistic([...values.keys()]), resamples(30, 200, set).map(statistic))!;
      if (interval.low > 0.5 || interval.high < 0.5) missed++;
      expect(interval.low).toBeLessThan(interval.value);
      expect(interval.high).toBeGreaterThan(interval.value);
    }
    expect(missed).toBeLessThan(7);
  });

  it('leaves out what a resample cannot say', () => {
    expect(intervalOf(NaN, [1, 2])).toBe(null);
    expect(intervalOf(1, [NaN, 1, 1])).toEqual({ value: 1, low: 1, high: 1 });
  });
});
