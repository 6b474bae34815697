import { expect, test } from 'vitest';
import type { CreditRow } from '../lab/record';
import type { PartialUpdate } from './channel';
import { VALUE_LINE_HEIGHT, valueBefore, valueDomain, valueLine, valueRow } from './valueLine';

const WIDTH = 4;
const row = { id: 'V', label: 'Value', shape: 'token', formula: '', inputs: {}, parameters: {}, values: Float32Array.of(0, 0.5, 1, 9, 0.25, Number.NaN, 0.75, 0.75) } satisfies CreditRow;
const updateWith = (rows: readonly CreditRow[], outcome_N = Float32Array.of(1, 0)): PartialUpdate => ({
  sample: { answers: 2, width: WIDTH, lengths_N: Uint32Array.of(3, 4), problem_N: Uint32Array.of(0, 0) } as PartialUpdate['sample'],
  score: { outcome_N } as unknown as NonNullable<PartialUpdate['score']>,
  credit: { method: 'ppo', rows, advantages_NT: new Float32Array(8) },
});
const update = updateWith([row]);
const numbers = (path: string) => path.split(/(?=[ML])/).map((part) => part.slice(1).split(',').map(Number));

test('the row is found by its name and shape, or not at all', () => {
  expect(valueRow(update)).toBe(row);
  expect(valueRow(updateWith([{ ...row, id: 'values' }]))?.id).toBe('values');
  expect(valueRow(updateWith([{ ...row, shape: 'answer' }]))).toBe(undefined);
  expect(valueRow(updateWith([{ ...row, id: 'A' }]))).toBe(undefined);
  expect(valueRow({ sample: update.sample })).toBe(undefined);
});

test('values stand before the tokens they belong to; beyond the answer there is none', () => {
  expect([0, 1, 2].map((token) => valueBefore(update, row, 0, token))).toEqual([0, 0.5, 1]);
  expect(valueBefore(update, row, 0, 3)).toBeNaN();
  expect(valueBefore(update, row, 1, 0)).toBe(0.25);
});

test('steps over the chips: each value is level over its own chip, up to the end of the last', () => {
  const { path, width, rewardAt } = valueLine(update, row, 0, [24, 30, 40], [0, 1]);
  // 24, 30 and 40 px wide, one px between two
  expect(width).toBe(97);
  const points = numbers(path);
  const heights = [22, 12, 2];
  expect(points[0]).toEqual([0, heights[0]]);
  expect(points.filter(([, y]) => y === heights[0]).map(([x]) => x)).toEqual([0, 25]);
  expect(points.filter(([, y]) => y === heights[1]).map(([x]) => x)).toEqual([25, 56]);
  expect(points.filter(([, y]) => y === heights[2]).map(([x]) => x)).toEqual(expect.arrayContaining([56, 97]));
  expect(points.at(-1)).toEqual([97, heights[2]]);
  expect(rewardAt).toBe(2);
});

test('over the columns in sight it is the same line, as wide as all', () => {
  const widths = [24, 30, 40, 24];
  const finite = { ...row, values: row.values.map((value) => (Number.isFinite(value) ? value : 0.5)) };
  const [all, some] = [valueLine(update, finite, 1, widths, [0, 1]), valueLine(update, finite, 1, widths, [0, 1], { first: 1, end: 3 })];
  expect([some.width, some.rewardAt]).toEqual([all.width, all.rewardAt]);
  expect(numbers(some.path)[0]).toEqual([25, 12]);
  expect(numbers(some.path).at(-1)).toEqual([97, 7]);
  for (const point of numbers(some.path).slice(0, -1)) expect(numbers(all.path)).toContainEqual(point);
  expect(valueLine(update, finite, 0, widths, [0, 1], { first: 9, end: 12 }).path).toBe('');
});

test('a value that is not finite breaks the line', () => {
  const { path, rewardAt } = valueLine(update, row, 1, [24, 24, 24, 24], [0, 1]);
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path).not.toMatch(/NaN/);
  expect(rewardAt).toBe(VALUE_LINE_HEIGHT - 2);
});

test('answers share a scale, which holds 0 and 1 and every finite value of theirs', () => {
  expect(valueDomain(update, row, [0, 1])).toEqual([0, 1]);
  expect(valueDomain(update, { ...row, values: row.values.map((value) => value - 0.75) }, [0, 1])).toEqual([-0.75, 1]);
  // the 9 lies past the end of the first answer
  expect(valueDomain(update, { ...row, values: row.values.map((value) => 2 * value) }, [0])).toEqual([0, 2]);
});
