import { expect, test } from 'vitest';
import { matchCalls, similarity, turnRewards, type Call } from './callMatching';

const add = (a: number, b: number): Call => ({ name: 'add', args: { a, b } });

test('similarity: names, argument names, argument values', () => {
  expect(similarity(add(2, 3), add(2, 3))).toBe(1);
  expect(similarity(add(2, 4), add(2, 3))).toBe(3 / 4);
  expect(similarity({ name: 'add', args: { a: 2, c: 3 } }, add(2, 3))).toBeCloseTo((1 + 1 / 3 + 1) / 4, 12);
  expect(similarity({ name: 'mul', args: { a: 2, b: 3 } }, add(2, 3))).toBe(0);
  expect(similarity({ name: 'neg', args: {} }, { name: 'neg', args: {} })).toBe(1);
  expect(similarity({ name: 'add', args: {} }, add(2, 3))).toBe(1 / 4);
});

test('one to one: the best pair first, a repeated call finds no second partner, order does not matter', () => {
  expect(matchCalls([[add(1, 1)], [add(2, 3), add(2, 3)]], [add(2, 3)])).toEqual([[0], [1, 0]]);
  // greedy, not optimal: the exact pair is taken although the other way round would give 0.75 + 0.75
  expect(matchCalls([[add(2, 3)], [add(2, 9)]], [add(2, 3), add(7, 3)])).toEqual([[1], [0.5]]);
  expect(turnRewards([[add(2, 3), add(9, 9)], []], [add(2, 3)])).toEqual([0.5, 0]);
  expect(turnRewards([], [add(1, 1)])).toEqual([]);
});

test('inherited names are not arguments', () => {
  expect(similarity({ name: 'x', args: {} }, { name: 'x', args: { toString: 1 } })).toBe(1 / 3);
});
