// Verifier, steps and arithmetic on cases made by hand, and on the sixty shipped problems against the dataset's own verdicts.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkArithmetic } from './arithmetic';
import { evaluate } from './expression';
import { finalAnswer, isRightAnswer } from './finalAnswer';
import { solutionSteps } from './solutionSteps';

interface Solution { readonly solution: string; readonly is_correct: boolean }
const SIXTY = readFileSync(join(import.meta.dirname, '../../../public/answers/gsm8k.jsonl'), 'utf8').trim().split('\n')
  .map((line) => JSON.parse(line) as { ground_truth: string } & Record<string, Solution>);
const MODELS = ['6b_finetuning', '6b_verification', '175b_finetuning', '175b_verification'];

test.each([
  ['so 3 + 4 = 7\nA: 7', 7, true],
  ['he pays $1,200.50 in all\n#### 1,200.50', 1200.5, true],
  ['#### 5 is wrong, so\n#### -3', -3, true],
  ['#### $-12', -12, true],
  ['The answer is: 2/3 of a cup.', 2 / 3, true],
  ['hence \\boxed{42}, as 50 - 8', 42, true],
  ['first 12, then 1,000,000 sheep.', 1_000_000, false],
  ['it grew by 50%', 50, false],
  ['from 3-4 to .75', 0.75, false],
])('final answer of %j', (text, value, isMarked) => {
  expect(finalAnswer(text)).toEqual({ value, isMarked });
});

test('no number, no answer; a marked place without one is none either', () => {
  expect(finalAnswer('I do not know.')).toBe(undefined);
  expect(finalAnswer('3 + 4\n#### seven')).toBe(undefined);
  expect(finalAnswer('#### 1/0')).toBe(undefined);
  expect(isRightAnswer('nothing', '#### 3')).toBe(false);
  expect(isRightAnswer('#### 3', 'nothing')).toBe(undefined);
  expect(isRightAnswer('#### 3.0', '3')).toBe(true);
  expect(isRightAnswer('#### 3.01', '3')).toBe(false);
});

test('the verifier agrees with the dataset on every one of the 240 shipped answers', () => {
  const answers = SIXTY.flatMap((problem) => MODELS.map((model) => ({ ...problem[model]!, reference: problem.ground_truth })));
  expect(answers).toHaveLength(240);
  expect(answers.filter(({ solution, is_correct, reference }) => isRightAnswer(solution, reference) !== is_correct)).toEqual([]);
});

test('steps put together are the text; lines, or sentences where there is one line', () => {
  const steps = (text: string) => solutionSteps(text).map(({ start, end }) => text.slice(start, end));
  expect(steps('one\ntwo\n\nA: 3')).toEqual(['one\n', 'two\n\n', 'A: 3']);
  expect(steps('He has 3.5 pies. “He eats 1.” He has 2.5 left!')).toEqual(['He has 3.5 pies. ', '“He eats 1.” ', 'He has 2.5 left!']);
  expect(steps('\n\nonly')).toEqual(['\n\n', 'only']);
  expect(steps('')).toEqual([]);
  for (const problem of SIXTY) expect(steps(problem.ground_truth).join('')).toBe(problem.ground_truth);
});

test.each([
  ['3*4=12', 'right'], ['3*4=13', 'wrong'], ['<<3*4=12>>', 'right'], ['<<3*4=12>>13', 'wrong'], ['so 3 * 4 = $<<3*4=12>>13 left', 'wrong'],
  ['16 - 3 - 4 = <<16-3-4=9>>9 eggs', 'right'], ['She pays $1,200 x 2 = $2,400.', 'right'], ['2 + 3 * 4 = 20', 'wrong'], ['(2 + 3) * 4 = 20', 'right'],
  ['10 / 3 = 3.33', 'right'], ['10 / 3 = 3.4', 'wrong'], ['2 / 3 = 0.66', 'right'], ['2 / 3 = 0.67', 'right'], ['2 / 3 = 0.65', 'wrong'], ['20 / 3 = 7', 'wrong'], ['3 + 4 = 7 + 2 = 9', 'wrong'], ['2 × 3 = 6 = 12 ÷ 2', 'right'],
  ['200 * 40% = 80', 'right'], ['20 / 100 = 20%', 'right'], ['20 / 100 * 100 = 20%', 'right'], ['200 * 40% = 90', 'wrong'], ['5 – 7 = −2', 'right'],
  // could mean anything
  ['200 GB / 2 = 100', 'unknown'], ['16 eggs - 3 - 4 = 10', 'unknown'], ['half of 8 - 1 = 3', 'unknown'], ['5x-5 = 33', 'unknown'], ['2x = 150', 'unknown'], ['x = 3', 'unknown'],
  ['4 * 0.25 = 100 cents', 'unknown'], ['5 - 3 = two', 'unknown'], ['1 1/2 + 1 = 2.5', 'unknown'], ['there is no sum here', 'unknown'], ['', 'unknown'], ['1/0 = 3', 'unknown'],
  ['3 + 4 =', 'unknown'], ['= = =', 'unknown'], ['1,23 + 1 = 124', 'unknown'],
] as const)('arithmetic in %j: %s', (step, verdict) => {
  expect(checkArithmetic(step)).toBe(verdict);
});

test('hostile text ends, and soon', { timeout: 10_000 }, () => {
  const n = 400_000;
  for (const text of [`${'1'.repeat(n)}a = 3`, `1 =${' '.repeat(n)}a`, `1 = 1${','.repeat(n)}1 a`, `3${' '.repeat(n)}x`, '<<'.repeat(n / 2), '= '.repeat(n / 2), `of${' '.repeat(n)}1 + 1 = 3`]) {
    expect(checkArithmetic(text)).toBe('unknown');
    expect(solutionSteps(text).at(-1)!.end).toBe(text.length);
    finalAnswer(text);
  }
  expect(finalAnswer(`$${' '.repeat(n)}7${'-'.repeat(n)}`)?.value).toBe(7);
  expect(evaluate(`${'('.repeat(100_000)}1`)).toBe(undefined);
  expect(evaluate(`${'-'.repeat(9_999)}1`)).toBe(-1);
  expect(checkArithmetic(`${'1+'.repeat(400)}1 = 401`)).toBe('right');
  expect(checkArithmetic('='.repeat(100_000))).toBe('unknown');
});

test('in the worked solutions of the sixty problems no calculation is found wrong, and most steps can be checked', () => {
  const verdicts = SIXTY.flatMap(({ ground_truth: text }) => solutionSteps(text).map(({ start, end }) => checkArithmetic(text.slice(start, end))));
  expect(verdicts.filter((one) => one === 'wrong')).toHaveLength(0);
  expect(verdicts.filter((one) => one === 'right').length / verdicts.length).toBeGreaterThan(0.65);
});
