import { expect, test } from 'vitest';
import { chain } from '../tasks/chain';
import { answerSteps } from './answerSteps';
import { decode, encode } from './tokens';

const task = chain.create();
const problem = { prompt: '7+5-3+8:', answer: '7' };
const tokens = (text: string, isFinished = true) => [...encode(task.alphabet, text), ...(isFinished ? [1] : [])];

test('one token a character, and back', () => {
  expect(encode(task.alphabet, '01+\n')).toEqual([2, 3, 12, 17]);
  expect(decode(task.alphabet, [2, 3, 12, 17, 1, 5])).toBe('01+\n');
  expect(decode(task.alphabet, [2, 0, 99, 3])).toBe('0\uFFFD\uFFFD1');
  expect(() => encode(task.alphabet, '7a')).toThrow('"a"');
});

test('the stop token belongs to the step that it ends', () => {
  const { text, steps_K, verdicts_K } = answerSteps(task, problem, tokens('7+5=2\n2-3=9\n9+8=7\n=7'));
  expect(text).toBe('7+5=2\n2-3=9\n9+8=7\n=7');
  expect(steps_K).toEqual([[0, 6], [6, 12], [12, 18], [18, 21]]);
  expect(verdicts_K.every((one) => one.isCorrect && one.canReachAnswer)).toBe(true);
});

test('a stop token on a line of its own is a step, right only at the end of a right answer', () => {
  expect(answerSteps(task, problem, tokens('7+5=2\n')).steps_K).toEqual([[0, 6], [6, 7]]);
  expect(answerSteps(task, problem, tokens('7+5=2\n')).verdicts_K[1]).toEqual({ isCorrect: false, canReachAnswer: false });
  expect(answerSteps(task, problem, tokens('')).steps_K).toEqual([[0, 1]]);
  expect(answerSteps(task, problem, tokens('=7\n')).verdicts_K[1]).toEqual({ isCorrect: true, canReachAnswer: true });
});

test('an answer that was cut off has no stop token to own', () => {
  expect(answerSteps(task, problem, tokens('7+5=2\n2-', false)).steps_K).toEqual([[0, 6], [6, 8]]);
  expect(answerSteps(task, problem, [])).toEqual({ text: '', steps_K: [], verdicts_K: [] });
});
