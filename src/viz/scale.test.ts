import { describe, expect, it } from 'vitest';
import { isBeyond, position, symmetricDomain } from './scale';

describe('symmetricDomain', () => {
  it('reaches to the 98th percentile of the absolute values', () => {
    const values = Array.from({ length: 101 }, (_, i) => (i % 2 ? -i : i)); // |value| = 0..100
    expect(symmetricDomain(values)).toEqual({ center: 0, limit: 98 });
  });
  it('interpolates between ranks', () => expect(symmetricDomain([0, -10]).limit).toBeCloseTo(9.8, 12));
  it('measures from the centre', () => expect(symmetricDomain([0.5, 0.5, 1.5], 1)).toEqual({ center: 1, limit: 0.5 }));
  it('ignores what is not finite', () => expect(symmetricDomain([Number.NaN, 2, Number.POSITIVE_INFINITY, -2]).limit).toBe(2));
  it('falls back to the largest value when nearly all are zero', () => {
    expect(symmetricDomain([...new Array(200).fill(0), -3]).limit).toBe(3);
  });
  it('is empty for nothing and for zeros', () => {
    expect(symmetricDomain([]).limit).toBe(0);
    expect(symmetricDomain([0, -0, 0]).limit).toBe(0);
  });
});

it('position clamps and keeps the sign', () => {
  const domain = { center: 1, limit: 0.5 };
  expect([0, 0.75, 1, 1.25, 9].map((value) => position(domain, value))).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(position(domain, Number.NaN)).toBeNaN();
  expect(position(domain, Number.NEGATIVE_INFINITY)).toBe(-1);
});

it('position by signed square root lifts small values, keeps sign, ends and centre', () => {
  const domain = { center: 1, limit: 4, isRoot: true };
  expect([-3, 0, 0.96, 1, 1.04, 2, 99].map((value) => position(domain, value))).toEqual([-1, -0.5, expect.closeTo(-0.1, 12), 0, expect.closeTo(0.1, 12), 0.5, 1]);
  expect(position(domain, Number.NaN)).toBeNaN();
});

it('position in a locked all-zero domain shows only the sign', () => {
  expect([-2, 0, 3].map((value) => position({ center: 0, limit: 0 }, value))).toEqual([-1, 0, 1]);
});

it('isBeyond counts only values past the limit', () => {
  const domain = { center: 0, limit: Math.fround(0.1) };
  expect([0.1, -0.1, 0.11, -5, 0, Number.NaN].map((value) => isBeyond(domain, value))).toEqual([false, false, true, true, false, false]);
});
