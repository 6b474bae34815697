import { expect, it } from 'vitest';
import { curveLayout, curvePoints, debiasedAverage, nearestPoint } from './curveLayout';

const frame = { width: 120, height: 60, top: 10, right: 10, bottom: 10, left: 10 };

it('skips updates without a measurement', () => {
  expect(curvePoints([0, 1, 2], [0.5, null, 0.75])).toEqual([{ update: 0, value: 0.5 }, { update: 2, value: 0.75 }]);
});

it('averages by hand: 1, 0, 1 at 0.5', () => {
  // sums 0.5, 0.25, 0.625 over weights 0.5, 0.75, 0.875
  const average = debiasedAverage([1, 0, 1], 0.5);
  expect(average[0]).toBeCloseTo(1, 12);
  expect(average[1]).toBeCloseTo(1 / 3, 12);
  expect(average[2]).toBeCloseTo(5 / 7, 12);
});

it('does not let what is not finite into the average', () => {
  expect(debiasedAverage([1, Number.NaN, 1, Number.POSITIVE_INFINITY, 1], 0.9)).toEqual([1, Number.NaN, 1, Number.NaN, 1]);
});

it('places points in the frame', () => {
  const layout = curveLayout([{ update: 0, value: 0 }, { update: 10, value: 1 }], 10, frame, [0, 1], 0);
  expect(layout.rawPath).toBe('M10,50L110,10');
  expect(layout.smoothPath).toBe('M10,50L110,10');
  expect(layout.y.domain()).toEqual([0, 1]);
});

it('breaks the line at a value that is not finite and ignores it for the axis', () => {
  const layout = curveLayout([0, 1, 2].map((update) => ({ update, value: update === 1 ? Number.NaN : 0.5 })), 2, frame, [0, 1]);
  expect(layout.rawPath.match(/M/g)).toHaveLength(2);
  expect(layout.rawPath).not.toContain('NaN');
});

it('stands on nothing', () => {
  const layout = curveLayout([], 0, frame, []);
  expect(layout.rawPath).toBe('');
  expect(layout.y.domain()).toEqual([0, 1]);
  expect(nearestPoint(layout, 50)).toBeUndefined();
});

it('widens an axis on which all is the same', () => {
  const layout = curveLayout([{ update: 0, value: 3 }], 0, frame, []);
  expect(Number.isFinite(layout.y(3))).toBe(true);
});

it('finds the nearest measured point', () => {
  const layout = curveLayout([{ update: 0, value: 1 }, { update: 5, value: 2 }, { update: 10, value: 3 }], 10, frame, []);
  expect([-50, 10, 34, 36, 110, 999].map((x) => nearestPoint(layout, x)?.update)).toEqual([0, 0, 0, 5, 10, 10]);
});
