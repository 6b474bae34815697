import { expect, test } from 'vitest';
import { bestScale, largestMagnitude, lowestToken, numbersOf, scaleFactor, trainedCredit } from './creditScaling';

test('the best scale solves the least squares by hand: (1*2 + 2*2) / (1 + 4) = 1.2', () => {
  expect(bestScale([1, 2, 0], [2, 2, 7])).toBeCloseTo(1.2, 12);
});

test('a method that points away from the truth, or gives nothing, is worth nothing', () => {
  expect(bestScale([1, -1], [-2, 3])).toBe(0);
  expect(bestScale([0, 0], [1, 1])).toBe(0);
});

test('by its largest: the largest credit becomes as large as the truth’s', () => {
  expect(scaleFactor('largest', [-4, 1], [0.5, -0.25])).toBe(0.125);
  expect(scaleFactor('largest', [0, 0], [1, 1])).toBe(1);
  expect(scaleFactor('largest', [1, 2], [0, 0])).toBe(1);
  expect(scaleFactor('raw', [-4, 1], [0.5, -0.25])).toBe(1);
  expect(scaleFactor('best', [1, 2, 0], [2, 2, 7])).toBeCloseTo(1.2, 12);
});

test('the largest magnitude passes over what is no number', () => {
  expect(largestMagnitude([1, -3, Number.NaN, Infinity])).toBe(3);
  expect(largestMagnitude([])).toBe(0);
});

const batch = { lengths_N: [2, 1], width: 3 };

test('numbers of some answers end where the answers end', () => {
  expect(numbersOf([1, 2, 9, 4, 9, 9], batch, [1, 0])).toEqual([4, 1, 2]);
});

test('the lowest token is looked for inside the answer, the first of equals', () => {
  expect(lowestToken([0, -1, -9, 4, 9, 9], 0, batch)).toBe(1);
  expect(lowestToken([-1, -1, -9, 4, 9, 9], 0, batch)).toBe(0);
});

test('credit of an answer that stays out of the loss is zero', () => {
  const row = { id: 'kept', label: '', shape: 'answer', formula: '', inputs: {}, parameters: {}, values: Float32Array.of(1, 0) } as const;
  const advantages_NT = Float32Array.of(1, 2, 3, 4);
  expect([...trainedCredit({ rows: [row], rowMask: 'kept', advantages_NT }, 2)]).toEqual([1, 2, 0, 0]);
  expect(trainedCredit({ rows: [row], advantages_NT }, 2)).toBe(advantages_NT);
});
