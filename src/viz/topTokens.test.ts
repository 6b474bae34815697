import { expect, it } from 'vitest';
import type { PartialUpdate } from './channel';
import { topTokenChanges } from './topTokens';

const sample = { width: 2, lengths_N: Uint32Array.of(2, 1) } as PartialUpdate['sample'];
const after: PartialUpdate['after'] = {
  watchedAnswers: 1, logprobs_WT: new Float32Array(2),
  topBefore: { count: 2, ids: Uint32Array.of(9, 8, 5, 6), probabilities: Float32Array.of(0.5, 0.25, 0.75, 0.125) },
  topAfter: { count: 2, ids: Uint32Array.of(9, 8, 7, 5), probabilities: Float32Array.of(0.5, 0.25, 0.875, 0.0625) },
};

it('joins both lists by token, the likeliest first', () => {
  expect(topTokenChanges({ sample, after }, { answer: 0, token: 1 })).toEqual([
    { id: 7, before: Number.NaN, after: 0.875 }, { id: 5, before: 0.75, after: 0.0625 }, { id: 6, before: 0.125, after: Number.NaN },
  ]);
});

it('is empty where nothing was recorded', () => {
  expect(topTokenChanges({ sample, after }, { answer: 1, token: 0 })).toEqual([]);
  expect(topTokenChanges({ sample, after }, { answer: 0, token: 2 })).toEqual([]);
  expect(topTokenChanges({ sample }, { answer: 0, token: 0 })).toEqual([]);
});
