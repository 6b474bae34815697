import { expect, test } from 'vitest';
import { brokenStep, brokenStepSentence, firstWrongStep, sortedByShare } from './brokenStep';

const critique = {
  steps_NK: [[[0, 2], [2, 2], [2, 5], [5, 6]], [[0, 6]], [[0, 1], [1, 6]], []] as const,
  isCorrect_NK: [[true, false, false, false], [true], [false, true], []],
};
const score = { outcome_N: Float32Array.of(0, 0, 1, Number.NaN) };

test('the first wrong step that has a token; of right answers it broke nothing', () => {
  expect([0, 1, 2, 3, 4].map((n) => firstWrongStep(critique, n))).toEqual([{ step: 2, start: 2, end: 5 }, undefined, { step: 0, start: 0, end: 1 }, undefined, undefined]);
  expect([0, 1, 2, 3].map((n) => brokenStep({ score, critique }, n)?.step)).toEqual([2, undefined, undefined, undefined]);
  // a reward of its own below zero, or none, is not right
  expect(brokenStep({ score: { outcome_N: Float32Array.of(0, 0, -1) }, critique }, 2)?.step).toBe(0);
  expect(brokenStep({ score: { outcome_N: Float32Array.of(0, 0, Number.NaN) }, critique }, 2)?.step).toBe(0);
});

const row = (title: string, found: number, answers: number) => ({ name: title, title, share: { found, chance: answers / 8, answers, interval: null } });

test('says best first how often each finds it, and chance last; nothing where there is nothing to find', () => {
  expect(brokenStepSentence([row('a', 1, 8), row('b', 7, 8), row('c', 0, 0)])).toBe('How often the lowest credit is on the first wrong step: b 88\u202f%, a 13\u202f%; by chance 13\u202f%.');
  expect(brokenStepSentence([row('a', 0, 0)])).toBeUndefined();
  expect(brokenStepSentence([])).toBeUndefined();
  expect(sortedByShare([row('a', 1, 2), row('b', 0, 0), row('c', 2, 2), row('d', 2, 4)]).map(({ name }) => name)).toEqual(['c', 'a', 'd', 'b']);
});
