import { expect, it } from 'vitest';
import { termTokens } from './termTokens';

/** Two answers to one problem, one to another; the first has two steps of two tokens and a token in none. */
const geometry = { answers: 3, width: 5, problem_N: [0, 0, 1], lengths_N: [5, 2, 1], steps_NK: [[[0, 2], [2, 4]], [[0, 2]], []] } as const;
const tokens = (line: 'answer' | 'token' | 'problem' | 'scalar', input: 'token' | 'step' | 'answer' | 'problem' | 'scalar', answer = 0, token = 3): string =>
  termTokens({ shape: line }, { shape: input }, geometry, { answer, token }).map((one) => `${one.answer}.${one.token}`).join(' ');

it('a token’s own number comes from the token, a step’s from its tokens, an answer’s from all of them', () => {
  expect(tokens('token', 'token')).toBe('0.3');
  expect(tokens('token', 'step')).toBe('0.2 0.3');
  expect(tokens('token', 'answer')).toBe('0.0 0.1 0.2 0.3 0.4');
  expect(tokens('token', 'step', 0, 4)).toBe('0.4');
});

it('what a line takes together comes from everything under it', () => {
  expect(tokens('problem', 'token')).toBe('0.0 0.1 0.2 0.3 0.4 1.0 1.1');
  expect(tokens('token', 'problem', 2, 0)).toBe('2.0');
  expect(tokens('answer', 'token', 1, 0)).toBe('1.0 1.1');
  expect(tokens('scalar', 'answer').split(' ').length).toBe(8);
});

it('a neighbour’s number comes from the neighbour', () => {
  const next = (shape: 'token' | 'step', token: number) => termTokens({ shape }, { shape }, geometry, { answer: 0, token }, { name: 'x', neighbour: 'next' }).map((one) => one.token);
  expect([next('token', 3), next('token', 4), next('step', 0), next('step', 2)]).toEqual([[4], [], [2, 3], []]);
});
