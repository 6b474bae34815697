import { expect, test } from 'vitest';
import { fleissKappa } from './agreement';

test('ten items, fourteen raters, five categories: the textbook example', () => {
  const agreement = fleissKappa([
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
  ])!;
  expect(agreement.observed).toBeCloseTo(0.378, 3);
  expect(agreement.kappa).toBeCloseTo(0.21, 3);
});

// by hand: pairs that agree 1, 1/2, 1, 1/3, mean 17/24; 9 of 16 votes flag, so chance gives (81 + 49) / 256 = 65/128; (17/24 − 65/128) / (63/128) = 11/27
test('four steps read four times', () => {
  expect(fleissKappa([[4, 0], [3, 1], [0, 4], [2, 2]])).toEqual({ kappa: expect.closeTo(11 / 27, 12), observed: expect.closeTo(17 / 24, 12), items: 4 });
});

// by hand: items of 3, 2 and 1 votes; the last says nothing. Pairs 1/3 and 1, mean 2/3; votes 2+2 against 1: (16 + 1) / 25; (2/3 − 17/25) / (8/25) = −1/24
test('missing critiques: items with other numbers of votes, and one with a single vote', () => {
  expect(fleissKappa([[2, 1], [2, 0], [0, 1], [0, 0]])).toEqual({ kappa: expect.closeTo(-1 / 24, 12), observed: expect.closeTo(2 / 3, 12), items: 2 });
});

test('all agree, each half of the time: 1; always against each other: below 0; nothing but one verdict: no kappa', () => {
  expect(fleissKappa([[2, 0], [0, 2]])!.kappa).toBe(1);
  expect(fleissKappa([[1, 1], [1, 1]])!.kappa).toBe(-1);
  expect(fleissKappa([[0, 3], [0, 3]])).toEqual({ kappa: null, observed: 1, items: 2 });
  expect(fleissKappa([[1, 0], [0, 0]])).toBe(undefined);
  expect(fleissKappa([])).toBe(undefined);
});
