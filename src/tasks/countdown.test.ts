import { expect, test } from 'vitest';
import { RandomStream } from '../random/threefry';
import { countdown } from './countdown';
import type { Problem } from './task';

const task = countdown.create();
const problem: Problem = { prompt: '3,5,7>26:', answer: '26' };
const verdicts = (answer: string, of: Problem = problem) => task.check(of, answer).map((one) => (one.isCorrect ? 'right' : 'wrong') + (one.canReachAnswer ? '+' : '-'));

test.each([
  ['one way', '3*7=21\n21+5=26', 1, ['right+', 'right+']],
  ['the same sum the other way round', '7*3=21\n5+21=26', 1, ['right+', 'right+']],
  ['a fork that leads nowhere, then all is lost', '3+5=8\n8*7=56', 0, ['wrong-', 'right-']],
  ['an untrue line', '3*7=22\n22+5=27', 0, ['wrong-', 'wrong-']],
  ['a number that is not there', '3*7=21\n21+4=25', 0, ['right+', 'wrong-']],
  ['a number twice', '3*3=9', 0, ['wrong-']],
  ['right so far', '3*7=21', 0, ['right+']],
  ['a negative result', '3-5=-2', 0, ['wrong-']],
  ['the target out of thin air', '=26', 0, ['wrong-']],
  ['nothing', '', 0, []],
  ['right, and an end to the line', '3*7=21\n21+5=26\n', 1, ['right+', 'right+']],
  ['the target reached and left again', '3*7=21\n21+5=26\n26+1=27', 0, ['right+', 'right+', 'wrong-']],
] as const)('%s', (_, answer, outcome, steps) => {
  expect(task.verify(problem, answer)).toBe(outcome);
  expect(verdicts(answer)).toEqual(steps);
});

test('reached early, the target may not be spent', () => {
  const other = { prompt: '2,6,9>12:', answer: '12' };
  expect(verdicts('2*6=12', other)).toEqual(['right+']);
  expect(verdicts('2*6=12\n12+9=21', other)).toEqual(['right+', 'wrong-']);
  expect(task.isHopeless!(other, '2*6=12\n')).toBe(false);
  expect(task.isHopeless!(other, '2*6=12\n1')).toBe(true);
});

test('the target can be reached exactly where some order of the numbers and operators gives it', () => {
  // apart from the task's own search: all formulas (a ? b) ? c and a ? (b ? c) over all orders, with every part from 1 to 999
  const value = (a: number, operator: string, b: number): number => (operator === '+' ? a + b : operator === '-' ? a - b : a * b);
  const isAllowed = (one: number): boolean => one >= 1 && one <= 999;
  for (let row = 0; row < 40; row++) {
    const drawn = task.problem('train', new RandomStream([1, 2], row));
    const numbers = drawn.prompt.split('>')[0]!.split(',').map(Number);
    for (let target = 1; target < 60; target += 4) {
      const reachable = orders(numbers).some(([a, b, c]) => [...'+-*'].some((first) => {
        const left = value(a!, first, b!);
        const right = value(b!, first, c!);
        return [...'+-*'].some((second) => (isAllowed(left) && (left === target || value(left, second, c!) === target)) || (isAllowed(right) && (right === target || value(a!, second, right) === target)));
      }));
      const asked = { prompt: `${numbers.join(',')}>${target}:`, answer: String(target) };
      expect(task.isHopeless!(asked, ''), asked.prompt).toBe(!reachable);
    }
    expect(task.isHopeless!(drawn, '')).toBe(false);
  }
});

test('facts: the fewest lines left, whatever the way', () => {
  expect(task.describe!(problem, '3*7=21\n21+5=26').map(({ stateBefore, stepsLeft, checks }) => `${stateBefore} | ${stepsLeft} | ${checks.join('')}`)).toEqual(['3 5 7 | 1 | 1111', '5 21 | 0 | 1111']);
  expect(task.branches!(problem, '3*7=21\n21+5=26')).toEqual([0, 1, 2, 7, 9, 10]);
});

function orders(numbers: readonly number[]): number[][] {
  return numbers.length === 0 ? [[]] : numbers.flatMap((one, i) => orders(numbers.filter((_, j) => j !== i)).map((rest) => [one, ...rest]));
}
