import { expect, test } from 'vitest';
import { median, medianTime } from './timing';

test('median of an odd and an even number of values', () => {
  expect(median([5, 1, 9])).toBe(5);
  expect(median([8, 2, 4, 100])).toBe(6);
  expect(() => median([])).toThrow(RangeError);
});

test('work is repeated as often as asked, or until its time is up, but once at least', async () => {
  let runs = 0;
  await medianTime(async () => { runs++; }, 4, 1000);
  expect(runs).toBe(4);
  await medianTime(async () => { runs++; }, 4, -1);
  expect(runs).toBe(5);
});
