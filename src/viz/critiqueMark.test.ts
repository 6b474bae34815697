import { expect, test } from 'vitest';
import type { PartialUpdate } from './channel';
import { stepMark } from './critiqueMark';

test('each token has its step’s mark, and a glyph stands where a step begins', () => {
  const update = {
    sample: { answers: 1, width: 6, problem_N: [0], lengths_N: [6] },
    // steps 0 and 1 touch, token 4 is in none
    critique: { steps_NK: [[[0, 2], [2, 4], [5, 6]]], critiques_Nk: [[[1], [1, 2], null, [1, 2], []]] },
  } as unknown as PartialUpdate;
  expect([0, 1, 2, 3, 4, 5].map((token) => stepMark(update, { answer: 0, token })).map(({ kind, isFirst }) => `${kind}${isFirst ? '!' : ''}`)).toEqual(['fine!', 'fine', 'wrong!', 'wrong', 'none', 'split!']);
});
