import { expect, it } from 'vitest';
import { slowUpdate } from './slowUpdates';

const line = (sample: number, other: { critique?: number; test?: number } = {}) =>
  ({ seconds: { sample, score: 0.1, critique: 0, credit: 0.1, gradient: 1, update: 0.3, test: 0, ...other } });

it('is the median of the last three, once the first is past', () => {
  expect(slowUpdate([line(9), line(9), line(9)])).toBeUndefined();
  expect(slowUpdate([line(9), line(9), line(1), line(2)])).toBeCloseTo(3.5, 12);
  expect(slowUpdate([line(9), line(0.4), line(0.4), line(9)])).toBeUndefined();
});

it('is the machine’s own time', () => {
  const quick = line(0.4, { critique: 20, test: 20 });
  expect(slowUpdate([quick, quick, quick, quick])).toBeUndefined();
});
