import { expect, it } from 'vitest';
import type { UpdateRecord } from '../lab/record';
import { rewardBand } from './rewardBand';

const update = (problem_N: readonly number[], outcome_N: readonly number[]): UpdateRecord => ({
  line: { update: 4 }, sample: { problems_P: [{}, {}, {}], problem_N: Uint32Array.from(problem_N) }, score: { outcome_N: Float32Array.from(outcome_N) },
} as unknown as UpdateRecord);

it('runs from the worst problem to the best; one without answers says nothing', () => {
  expect(rewardBand(update([0, 0, 0, 0, 2, 2], [1, 0, 0, 0, 1, 1]))).toEqual({ update: 4, least: 0.25, most: 1 });
  expect(rewardBand(update([], []))).toEqual({ update: 4, least: Number.NaN, most: Number.NaN });
});
