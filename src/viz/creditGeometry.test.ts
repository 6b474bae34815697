import { expect, it } from 'vitest';
import { stepOf, type Geometry } from './creditGeometry';

const geometry: Geometry = { answers: 2, width: 6, problem_N: [0, 0], lengths_N: [6, 4], steps_NK: [[[0, 2], [2, 2], [2, 4], [5, 6]]] };

it('finds the step of a token, and none between, beyond or without steps', () => {
  expect([-1, 0, 1, 2, 3, 4, 5, 6].map((token) => stepOf(geometry, { answer: 0, token }))).toEqual([-1, 0, 0, 2, 2, -1, 3, -1]);
  expect([stepOf(geometry, { answer: 1, token: 0 }), stepOf(geometry, { answer: 7, token: 0 })]).toEqual([-1, -1]);
});

it('takes the first of two steps that overlap, and minds another width of the same steps', () => {
  const steps_NK = [[[0, 3], [2, 5]]] as const;
  expect([1, 2, 3].map((token) => stepOf({ ...geometry, steps_NK }, { answer: 0, token }))).toEqual([0, 0, 1]);
  expect([4, 5].map((token) => stepOf({ ...geometry, width: 5, steps_NK }, { answer: 0, token }))).toEqual([1, -1]);
});
