import { expect, it } from 'vitest';
import { curveLayout, curvePoints, debiasedAverage, nearestPoint, rangeBetween } from './curveLayout';

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
  const layout = curveLayout([{ update: 0, value: 0 }, { update: 10, value: 1 }], 10, frame, [0, 1], { smoothing: 0 });
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

const RAMP = Array.from({ length: 11 }, (_, update) => ({ update, value: update }));

it('shows a range of updates with the average of all of them', () => {
  const whole = curveLayout(RAMP, 10, frame, []);
  const part = curveLayout(RAMP, 10, frame, [], { range: [5, 10] });
  expect(part.points.map(({ update }) => update)).toEqual([5, 6, 7, 8, 9, 10]);
  expect([part.x(5), part.x(10)]).toEqual([10, 110]);
  expect(part.y.domain()).toEqual([4, 10]);
  // the average at update 5, read back from both pictures
  const read = (path: string, layout: typeof part, nth: number): number => layout.y.invert(Number(path.slice(1).split('L')[nth]!.split(',')[1]));
  expect(read(part.smoothPath, part, 0)).toBeCloseTo(read(whole.smoothPath, whole, 5), 0);
  expect(read(part.smoothPath, part, 0)).toBeCloseTo(debiasedAverage([0, 1, 2, 3, 4, 5], 0.5)[5]!, 1);
});

it('keeps its range when updates are added', () => {
  const longer = [...RAMP, { update: 11, value: 99 }];
  expect(curveLayout(longer, 11, frame, [], { range: [2, 8] }).rawPath).toBe(curveLayout(RAMP, 10, frame, [], { range: [2, 8] }).rawPath);
});

it('draws a band from the least to the most, broken where there is none, and makes room for it', () => {
  const band = [{ update: 0, least: 0, most: 2 }, { update: 5, least: Number.NaN, most: Number.NaN }, { update: 10, least: 1, most: 2 }];
  const { bandPath, y } = curveLayout([{ update: 0, value: 1 }], 10, frame, [], { band });
  expect(y.domain()).toEqual([0, 2]);
  expect(bandPath.startsWith('M10,10L10,50Z')).toBe(true);
  expect(bandPath.match(/M/g)).toHaveLength(2);
  expect(curveLayout([], 1, frame, []).bandPath).toBe('');
});

it('takes the whole updates between two places, and no range of less than two', () => {
  const layout = curveLayout(RAMP, 10, frame, []);
  expect(rangeBetween(layout, 71, 28)).toEqual([2, 6]);
  expect(rangeBetween(layout, -50, 999)).toEqual([0, 10]);
  expect(rangeBetween(layout, 40, 43)).toBeUndefined();
});
