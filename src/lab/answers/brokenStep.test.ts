// Breaker agreement against steps known to be wrong, by hand.

import { expect, test } from 'vitest';
import type { RolloutAnswer } from '../../formats/rollouts/rollout';
import { answersBatch } from './answersBatch';
import { addScores, NO_BROKEN_STEPS, scoreBrokenSteps } from './brokenStep';
import { words } from './words';

const answer = (reward: number | null, stepLabels: RolloutAnswer['stepLabels']): RolloutAnswer => ({ text: 'a b\nc\nd', reward, tokens: ['a', ' b', '\n', 'c', '\n', 'd'], steps: ['a b\n', 'c\n', 'd'], stepLabels: stepLabels! });
const batchOf = (...answers: RolloutAnswer[]) => answersBatch([{ prompt: 'p', answers }], words);

test('the lowest credit of the answer counts where it lies on the first wrong step; equals count for their part', () => {
  const one = batchOf(answer(0, ['right', 'wrong', 'wrong']));
  const score = (...credit: number[]) => scoreBrokenSteps(one, Float32Array.from(credit));
  // by chance: two tokens of six
  expect(score(0, 0, 0, -1, 0, 0)).toEqual({ found: 1, chance: 2 / 6, answers: 1 });
  expect(score(0, 0, 0, 0, 0, -1).found).toBe(0);
  expect(score(-1, -1, -1, -1, -1, -1).found).toBeCloseTo(2 / 6, 12);
  expect(score(-1, 0, 0, -1, -1, 0).found).toBeCloseTo(2 / 3, 12);
  // a rounding error parts nothing
  expect(score(0, 0, 0, -1, -1 - 1e-8, 0).found).toBe(1);
});

test('right answers, and answers without a step known to be wrong, say nothing; an answer without a reward is not right', () => {
  const credit = (batch: ReturnType<typeof batchOf>) => scoreBrokenSteps(batch, new Float32Array(batch.sample.answers * batch.sample.width));
  expect(credit(batchOf(answer(1, ['wrong', 'right', 'right']), answer(0, ['right', 'unknown', 'right'])))).toEqual(NO_BROKEN_STEPS);
  expect(credit(batchOf(answer(null, ['wrong', 'right', 'right']), answer(-1, ['right', 'right', 'wrong']))).answers).toBe(2);
});

test('an answer’s end is where its tokens end, not where those of a longer one do', () => {
  const batch = batchOf({ text: 'x', reward: 0, steps: ['x'], stepLabels: ['wrong'] }, answer(1, ['right', 'right', 'right']));
  const credit_NT = Float32Array.of(-1, -9, -9, -9, -9, -9, 0, 0, 0, 0, 0, 0);
  expect(scoreBrokenSteps(batch, credit_NT)).toEqual({ found: 1, chance: 1, answers: 1 });
});

test('scores of batches add up', () => {
  expect(addScores({ found: 0.5, chance: 0.25, answers: 1 }, { found: 1, chance: 0.5, answers: 2 })).toEqual({ found: 1.5, chance: 0.75, answers: 3 });
});
