import { expect, test } from 'vitest';
import { allocateRollouts, groupValue } from './knapsack';

const settings = { n: 4, minimum: 2, maximum: 9, confidence: 0.99 };
const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

test('the value of rollouts is the chance of seeing both verdicts, times p (1 − p)²', () => {
  expect(groupValue(0.5, 1)).toBe(0);
  expect(groupValue(0.5, 2)).toBeCloseTo(0.5 * 0.125, 12);
  expect(groupValue(1, 8)).toBe(0);
});

test('no other way to share out the rollouts is worth more, by trying all', () => {
  const rates = [0.1, 0.5, 0.8, 0.3];
  const worth = (allocation: readonly number[]): number => total(allocation.map((rollouts, i) => groupValue(rates[i]!, rollouts)));
  const chosen = allocateRollouts(rates, settings);
  expect(total(chosen)).toBe(16);
  let tried = 0;
  for (let a = 2; a <= 9; a++) for (let b = 2; b <= 9; b++) for (let c = 2; c <= 9; c++) {
    const d = 16 - a - b - c;
    if (d < 2 || d > 9) continue;
    tried++;
    expect(worth([a, b, c, d])).toBeLessThanOrEqual(worth(chosen) + 1e-12);
  }
  expect(tried).toBeGreaterThan(100);
});

test('the sum is kept for every mixture of rates', () => {
  for (const rates of [[], [0], [1], [0.5], [null], [0.5, 0.5], [null, 0, 1, 0.3], [0, 0, 0.01], [1, 1, 0.99], [null, null, 0.5], [0.99, 0.01, 0.02]]) {
    const allocation = allocateRollouts(rates, settings);
    expect(total(allocation)).toBe(4 * rates.length);
    allocation.forEach((one) => expect(one).toBeGreaterThanOrEqual(2));
  }
});

test('a least above the mean is refused', () => {
  expect(() => allocateRollouts([0.5], { ...settings, minimum: 5 })).toThrow(/least \(5\)/);
});
