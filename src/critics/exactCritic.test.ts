import { expect, test } from 'vitest';
import type { CriticConfiguration } from '../lab/configuration';
import { streamKey } from '../random/threefry';
import { exactCritiques } from './exactCritic';

const exact: CriticConfiguration = { critiques: 4, falsePositive: 0, falseNegative: 0, missing: 0 };
const key = streamKey(1, 'critique', 0);
const verdicts = [[true, false, true, false], [true], [], [false, false]];
/** 1000 answers of five steps, the second and the fourth wrong. */
const many = Array.from({ length: 1000 }, () => [true, false, true, false, true]);

/** Share of all (answer, critique, step) with this verdict that are flagged. */
function flaggedShare(noise: Partial<CriticConfiguration>, isCorrect: boolean): number {
  const critiques = exactCritiques(many, { ...exact, ...noise }, key).flat().filter((one) => one !== null);
  const steps = [0, 1, 2, 3, 4].filter((step) => many[0]![step] === isCorrect);
  return critiques.flatMap((flagged) => steps.map((step) => Number(flagged.includes(step)))).reduce((sum, one) => sum + one, 0) / (critiques.length * steps.length);
}

test('without noise every critique flags exactly the wrong steps', () => {
  for (const [n, critiques] of exactCritiques(verdicts, exact, key).entries()) {
    expect(critiques).toEqual(Array.from({ length: 4 }, () => [[1, 3], [], [], [0, 1]][n]));
  }
});

test('at the extremes: everything accused, everything missed, everything lost', () => {
  expect(exactCritiques(verdicts, { ...exact, falsePositive: 1 }, key)[0]![0]).toEqual([0, 1, 2, 3]);
  expect(exactCritiques(verdicts, { ...exact, falseNegative: 1 }, key)[0]![0]).toEqual([]);
  expect(exactCritiques(verdicts, { ...exact, falsePositive: 1, falseNegative: 1 }, key)[0]![0]).toEqual([0, 2]);
  expect(exactCritiques(verdicts, { ...exact, missing: 1 }, key).flat()).toEqual(Array.from({ length: 16 }, () => null));
  expect(exactCritiques(verdicts, { ...exact, critiques: 0 }, key)).toEqual([[], [], [], []]);
});

// 12,000 and 8,000 draws: a standard error of at most 0.005; five of them are allowed.
test('errors and losses come at their rates', () => {
  expect(Math.abs(flaggedShare({ falsePositive: 0.2 }, true) - 0.2)).toBeLessThan(0.02);
  expect(flaggedShare({ falsePositive: 0.2 }, false)).toBe(1);
  expect(Math.abs(flaggedShare({ falseNegative: 0.3 }, false) - 0.7)).toBeLessThan(0.026);
  expect(flaggedShare({ falseNegative: 0.3 }, true)).toBe(0);
  const lost = exactCritiques(many, { ...exact, missing: 0.25 }, key).flat().filter((one) => one === null).length / 4000;
  expect(Math.abs(lost - 0.25)).toBeLessThan(0.035);
});

test('critiques of one answer are independent: two agree on a right step as often as chance says', () => {
  const critiques = exactCritiques(many, { ...exact, falsePositive: 0.5 }, key);
  const agreement = critiques.filter(([first, second]) => first!.includes(0) === second!.includes(0)).length / 1000;
  expect(Math.abs(agreement - 0.5)).toBeLessThan(0.08);
});

test('the same coordinates give the same critiques; another update, another answer or another critique differ', () => {
  const noisy = { ...exact, falsePositive: 0.5, falseNegative: 0.5 };
  const first = exactCritiques(many, noisy, key);
  expect(exactCritiques(many, noisy, streamKey(1, 'critique', 0))).toEqual(first);
  expect(exactCritiques(many, noisy, streamKey(1, 'critique', 1))).not.toEqual(first);
  expect(exactCritiques(many, noisy, streamKey(2, 'critique', 0))).not.toEqual(first);
  expect(first[0]).not.toEqual(first[1]);
  expect(first[0]![0]).not.toEqual(first[0]![1]);
  // An answer's critiques do not depend on the batch, nor a critique on how many follow, nor a flag on other dials.
  expect(exactCritiques(many.slice(0, 3), { ...noisy, critiques: 2 }, key)).toEqual(first.slice(0, 3).map((row) => row.slice(0, 2)));
  const lossy = exactCritiques(many, { ...noisy, missing: 0.5 }, key);
  lossy.forEach((row, n) => row.forEach((one, j) => { if (one !== null) expect(one).toEqual(first[n]![j]); }));
});

test('a rate that is no probability is refused by name', () => {
  expect(() => exactCritiques(verdicts, { ...exact, missing: 1.5 }, key)).toThrow(/missing = 1.5/);
  expect(() => exactCritiques(verdicts, { ...exact, falsePositive: Number.NaN }, key)).toThrow(/falsePositive/);
});
