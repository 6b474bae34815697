// The numbers of some answers in a batch of their own, worked out by hand.

import { expect, it } from 'vitest';
import type { CreditRecord, CreditRow, RowShape } from '../lab/record';
import { creditOfPart } from './creditOfPart';

const row = (shape: RowShape, values: readonly number[]): CreditRow => ({ id: shape, label: shape, shape, formula: '', inputs: {}, parameters: {}, values: Float32Array.from(values) });
// three answers to two problems, the second answer of one token
const HERE = { answers: 3, width: 2, problem_N: [0, 1, 1], lengths_N: [2, 1, 2], steps_NK: [[[0, 2]], [[0, 1]], [[0, 1], [1, 2]]] as const };
const CREDIT: CreditRecord = {
  method: 'm', advantages_NT: Float32Array.of(1, 2, 3, 0, 5, 6),
  rows: [row('token', [1, 2, 3, 0, 5, 6]), row('step', [10, 20, 30, 40]), row('answer', [100, 200, 300]), row('problem', [7, 8]), row('scalar', [9])],
};

it('takes the numbers of the second problem along, into wider rows and steps of their own', () => {
  // the last answer is one step here, which begins where the step of 30 did, and a token longer than any
  const there = { answers: 2, width: 3, problem_N: [0, 0], lengths_N: [1, 2], steps_NK: [[[0, 1]], [[0, 2]]] as const };
  const { rows, advantages_NT } = creditOfPart(CREDIT, HERE, there, [1, 2]);
  expect(rows.map(({ values }) => [...values])).toEqual([[3, 0, 0, 5, 6, 0], [20, 30], [200, 300], [8], [9]]);
  expect([...advantages_NT]).toEqual([3, 0, 0, 5, 6, 0]);
});
