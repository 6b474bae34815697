import { expect, test } from 'vitest';
import { readAdvantageCase } from './advantageCase';

const scores = { scores: [1, 0, 3], group: ['p', 'q', 'p'] };

test('groups are numbered in order of appearance, and a batch without a mask has one token an answer', () => {
  const read = readAdvantageCase({ name: 'any/rloo', inputs: { ...scores, group_of_one: 'r' }, expected: { advantages_per_response: [-2, 0, 2] } })!;
  expect(read.shape).toMatchObject({ answers: 3, width: 1, problems: 2 });
  expect(read.signals.problem_N).toEqual([0, 1, 0]);
  expect(read.parameters).toEqual({ groupOfOne: 'keep' });
  expect(read.expected).toEqual({ A: [-2, 0, 2] });
});

test('lengths stand in for a mask that is not given', () => {
  const read = readAdvantageCase({ name: 'any/opo', inputs: { ...scores, lengths: [2, 0, 1], group_of_one: '0' }, expected: {} })!;
  expect(read.signals.mask_NT).toEqual([1, 1, 0, 0, 1, 0]);
});

test.each([
  ['an estimator', { name: 'mixed/vine', inputs: scores, expected: {} }],
  ['an option', { name: 'mixed/grpo_std', inputs: { ...scores, clip: 5 }, expected: {} }],
  ['a convention', { name: 'mixed/rloo', inputs: { ...scores, group_of_one: 'mean of the batch' }, expected: {} }],
  ['a bootstrap', { name: 'gae/x', inputs: { token_rewards: [[1]], values: [[1]], mask: [[1]], bootstrap: 'mean value' }, expected: {} }],
  ['an expectation', { name: 'mixed/rloo', inputs: scores, expected: { variance: [1] } }],
])('%s that is not known makes the case unknown', (_, fixture) => {
  expect(readAdvantageCase(fixture)).toBeUndefined();
});
