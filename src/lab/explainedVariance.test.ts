import { expect, test } from 'vitest';
import { explainedVariance } from './explainedVariance';

test('by hand: targets 1, 3, 5 (variance 8/3) with errors 0, 0, 3 (variance 2) are explained to a quarter', () => {
  expect(explainedVariance([1, 3, 2], [1, 3, 5], [3], 3)).toBeCloseTo(0.25, 12);
});

test('perfect is 1, a constant 0, the opposite -3; a shift of all values changes nothing', () => {
  const targets = [1, 2, 99, 3, 4, 99];
  const lengths = [2, 2];
  expect(explainedVariance(targets, targets, lengths, 3)).toBe(1);
  expect(explainedVariance([7, 7, 0, 7, 7, 0], targets, lengths, 3)).toBeCloseTo(0, 12);
  expect(explainedVariance([-1, -2, 5, -3, -4, 5], targets, lengths, 3)).toBeCloseTo(-3, 12);
  expect(explainedVariance([11, 12, 0, 13, 14, 0], targets, lengths, 3)).toBeCloseTo(1, 12);
});

test('targets that do not vary have nothing to explain', () => {
  expect(explainedVariance([0, 1], [0.1, 0.1], [2], 2)).toBeNull();
  expect(explainedVariance([], [], [], 2)).toBeNull();
});
