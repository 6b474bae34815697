import { expect, test } from 'vitest';
import { answersWithin } from './wholePanel';

test.each([
  [[], 10, 0],
  [[3, 3, 3], 10, 3],
  [[5, 5], 10, 2],
  [[5, 6, 1], 10, 1],
  // one answer is always there, however long it is
  [[50, 1], 10, 1],
])('of answers of %j tokens, at most %i: %i are in the picture', (lengths, most, expected) => {
  expect(answersWithin(lengths, most)).toBe(expected);
});
