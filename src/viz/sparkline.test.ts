import { expect, it } from 'vitest';
import { sparkline } from './sparkline';

const POINTS = [{ update: 1, value: 0 }, { update: 2, value: 4 }, { update: 3, value: 2 }];

it('runs from its first update to its last, from zero to the most of all', () => {
  expect(sparkline(POINTS, 2, 8, 44, 20)).toEqual({ path: 'M2,18L22,10L42,14', at: { x: 22, y: 10 } });
});

it('breaks at what is no number and has no point there', () => {
  const { path, at } = sparkline([{ update: 1, value: 1 }, { update: 2, value: Number.NaN }, { update: 3, value: 1 }], 2, 1, 44, 20);
  expect(path.match(/M/g)).toHaveLength(2);
  expect(at).toBeUndefined();
});

it('stands on nothing, and on all zero', () => {
  expect(sparkline([], 1, 0, 44, 20)).toEqual({ path: '' });
  expect(sparkline([{ update: 1, value: 0 }, { update: 2, value: 0 }], 1, 0, 44, 20).path).toBe('M2,18L42,18');
});
