import { expect, test } from 'vitest';
import { sort } from './sort';
import type { Problem } from './task';

const task = sort.create({ length: 5 });
const problem: Problem = { prompt: '53142:', answer: '12345' };
const verdicts = (answer: string) => task.check(problem, answer).map((one) => (one.isCorrect ? 'right' : 'wrong') + (one.canReachAnswer ? '+' : '-'));

test.each([
  ['the way of selection sort', '5~1=13542\n3~2=12543\n5~3=12345\n=12345', 1, ['right+', 'right+', 'right+', 'right+']],
  ['another swap first, made good later', '3~1=51342\n5~1=15342\n5~2=12345\n=12345', 1, ['wrong+', 'right+', 'right+', 'right+']],
  ['a digit is lost', '5~1=13544\n', 0, ['wrong-']],
  ['the right swap, another list', '5~1=53142\n5~1=13542', 0, ['wrong+', 'right+']],
  ['the end too early', '5~1=13542\n=13542', 0, ['right+', 'wrong-']],
  ['the end without the way', '=12345', 1, ['wrong+']],
  ['a line more than needed', '5~1=13542\n3~2=12543\n5~3=12345\n1~2=21345\n2~1=12345\n=12345', 1, ['right+', 'right+', 'right+', 'wrong+', 'right+', 'right+']],
] as const)('%s', (_, answer, outcome, steps) => {
  expect(task.verify(problem, answer)).toBe(outcome);
  expect(verdicts(answer)).toEqual(steps);
});

test('every list of four digits: as many lines as selection sort has swaps, counted by cycles', () => {
  const four = sort.create({ length: 4 });
  for (const list of permutations([...'2579'])) {
    const cycles = cycleCount(list);
    const lines = four.solution({ prompt: `${list}:`, answer: '2579' }).split('\n');
    expect(lines).toHaveLength(4 - cycles + 1);
    expect(lines.at(-1)).toBe('=2579');
    expect(four.describe!({ prompt: `${list}:`, answer: '2579' }, lines.join('\n')).map(({ stepsLeft }) => stepsLeft)).toEqual(lines.map((__, k) => lines.length - 1 - k));
  }
});

test('facts: which of the swap and the list is wrong', () => {
  const checks = (answer: string) => task.describe!(problem, answer).map((one) => one.checks.join(''));
  expect(checks('5~1=13542\n3~2=13542\n5~3=13524\n=13524')).toEqual(['111', '110', '100', '101']);
  expect(checks('3~1=51342\nx')).toEqual(['101', '000']);
});

function permutations(items: readonly string[]): string[] {
  return items.length === 0 ? [''] : items.flatMap((one, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => one + rest));
}

function cycleCount(list: string): number {
  const wanted = [...list].sort();
  const seen = new Set<number>();
  let cycles = 0;
  for (let start = 0; start < list.length; start++) {
    if (!seen.has(start)) cycles++;
    for (let at = start; !seen.has(at); at = wanted.indexOf(list[at]!)) seen.add(at);
  }
  return cycles;
}
