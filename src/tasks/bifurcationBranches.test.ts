import { expect, test } from 'vitest';
import { bifurcation } from './bifurcation';
import { branchPoints } from './bifurcationBranches';
import type { BranchPoint } from './task';

/** [token, right, value of the right token, value of another] */
const rows = (points: readonly BranchPoint[]) => points.map(({ token, right, valueRight, valueWrong }) => [token, right, valueRight, valueWrong]);

test.each([
  ['a wrong branch can still be lucky: 2 of 10 digits win', '<.#:', '<57', '<a5', [[0, '<', 1, 0.2]]],
  ['no digit wins: a wrong branch is worth nothing', '>.:', '>', '>a', [[0, '>', 1, 0]]],
  ['a repair makes both worth the same', '<?.:', '<', '>!a', [[0, '<', 1, 1]]],
  ['after the repair the next branch decides again', '<?>#:', '<>3', '>!>3', [[0, '<', 1, 1], [2, '>', 1, 0.1]]],
  ['once the good state is lost the next branch decides nothing', '<>#:', '<>3', '>>3', [[0, '<', 1, 0.1], [1, '>', 0.1, 0.1]]],
  ['a repair that was passed over is no repair', '<?>#:', '<>3', '>a>3', [[0, '<', 1, 1], [2, '>', 0.1, 0.1]]],
  ['an answer that stops early has the branches it reached', '.<.>:', '<>', 'a<', [[1, '<', 1, 0]]],
] as const)('%s', (_name, prompt, winners, answer, expected) => {
  const found = rows(branchPoints({ prompt, answer: winners }, answer));
  expect(found.length).toBe(expected.length);
  found.forEach((row, i) => {
    expect(row.slice(0, 2)).toEqual(expected[i]!.slice(0, 2));
    row.slice(2).forEach((value, k) => expect(value).toBeCloseTo(expected[i]![2 + k] as number, 12));
  });
});

test('the task gives them for its own answers, at its own branches', () => {
  const task = bifurcation.create({});
  const problem = { prompt: '.c.<.b.?.>.#:', answer: 'c<b>7' };
  const points = task.branchPoints!(problem, 'acd<abc!d>b7');
  expect(points.map(({ token, right, valueWrong }) => [token, right, valueWrong.toFixed(9)])).toEqual([[3, '<', '1.000000000'], [9, '>', '0.100000000']]);
  expect(points.map(({ token }) => token)).toEqual(task.branches!(problem, 'acd<abc!d>b7'));
});
