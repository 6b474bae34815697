import { expect, test } from 'vitest';
import { readTensor } from './numberTensor';
import { readTolerances, worstError } from './tolerance';

const elementwise = { mode: 'elementwise', rtol: 0.1, atol: 1 } as const;

test('elementwise allows a share of each entry, tensor_max of the largest', () => {
  // 100 may be off by 11, 10 by 2
  expect(worstError([105.5, 10], [100, 10], elementwise).share).toBeCloseTo(0.5, 12);
  expect(worstError([100, 13], [100, 10], elementwise)).toEqual({ share: 1.5, detail: 'entry 1: 13 instead of 10' });
  expect(worstError([100, 13], [100, 10], { ...elementwise, mode: 'tensor_max' }).share).toBeCloseTo(3 / 11, 12);
});

test('nothing allowed means equal; zeros of either sign are', () => {
  const exact = { mode: 'elementwise', rtol: 0, atol: 0 } as const;
  expect(worstError([-0, 2], [0, 2], exact).share).toBe(0);
  expect(worstError([1e-40], [0], exact).share).toBe(Infinity);
});

test('what is no number never passes, unless it is expected', () => {
  for (const got of [NaN, Infinity, undefined as unknown as number]) expect(worstError([got], [1], elementwise).share).toBe(Infinity);
  expect(worstError([1], [Infinity], elementwise).share).toBe(Infinity);
  expect(worstError([-Infinity], [Infinity], elementwise).share).toBe(Infinity);
  expect(worstError([NaN, Infinity, -Infinity], [NaN, Infinity, -Infinity], elementwise).share).toBe(0);
  expect(worstError([1], [NaN], elementwise).share).toBe(Infinity);
  expect(worstError([1, 2], [1], elementwise).share).toBe(Infinity);
});

test('entries that do not count are not compared', () => {
  expect(worstError([NaN, 1], [0, 1], elementwise, [0, 1]).share).toBe(0);
});

test('a quota of entries within a narrower bound', () => {
  const spec = { mode: 'elementwise', rtol: 0, atol: 5e-4, note: 'Adam ...; require 99.5% of entries within 5e-5 and all within 5e-4' };
  const tolerances = readTolerances({ final_weights: spec, note: 'text' });
  const tolerance = 'byKey' in tolerances ? tolerances.byKey['final_weights']! : undefined;
  expect(tolerance?.quota).toEqual({ share: 0.995, within: 5e-5 });
  const expected = new Float64Array(1000);
  const off = (count: number): Float64Array => expected.map((_, i) => (i < count ? 2e-4 : 0));
  expect(worstError(off(5), expected, tolerance!).share).toBeLessThanOrEqual(1);
  expect(worstError(off(6), expected, tolerance!)).toMatchObject({ detail: '6 of 1000 entries differ by more than 0.00005' });
  expect(worstError(off(6), expected, tolerance!).share).toBeGreaterThan(1);
  expect(worstError([6e-4], [0], tolerance!).share).toBeGreaterThan(1);
});

test('malformed tolerances are refused', () => {
  for (const bad of [null, [], { mode: 'elementwise', rtol: -1, atol: 0 }, { mode: 'x', rtol: 0, atol: 0 }, { rtol: 0, atol: 0 }, { mode: 'elementwise', rtol: 0, atol: 0, ulp: 3 }, { a: 3 }]) {
    expect(() => readTolerances(bad)).toThrow(/tolerance/);
  }
});

test('numbers come nested, packed or as text, and ragged ones are refused', () => {
  expect(readTensor([[1, 'NaN'], ['-Infinity', 0.1]], 'x')).toEqual({ shape: [2, 2], data: Float32Array.of(1, NaN, -Infinity, 0.1) });
  expect(readTensor({ shape: [1, 2], dtype: 'F32', b64: 'AACAPwAAAEA=' }, 'x')).toEqual({ shape: [1, 2], data: Float32Array.of(1, 2) });
  expect(readTensor([[], []], 'x').shape).toEqual([2, 0]);
  for (const bad of [[[1], [2, 3]], [1, [2]], [[1], 2], [null], ['1'], [{}], { shape: [2], dtype: 'F32', b64: '!' }, { shape: [-1], dtype: 'F32', b64: '' }, { shape: [1], dtype: 'F16', b64: 'AAA=' }]) {
    expect(() => readTensor(bad, 'x')).toThrow(/^x/);
  }
});
