// For the tests of this folder: numbers to multiply, the product in double precision by the definition, and one run of
// every variant of a kernel on the GPU beside the twin on the CPU.

import { expect } from 'vitest';
import type { ElementArray } from '../../gpu/buffer';
import type { Bindings, Kernel, ScalarTypes } from '../../gpu/kernel';
import { runKernel, testExecutors } from '../../gpu/testing';

/** Sizes that fill no tile, that fill some, and that fill all: [rows, IN, OUT]. */
export const SIZES = [
  [1, 1, 1], [7, 7, 7], [33, 33, 33], [50, 36, 44], [1, 4, 4], [9, 64, 16], [131, 192, 64], [5, 4, 31],
] as const;

/** Numbers in [-1, 1) from a linear congruential generator: the same for the same seed. */
export function numbers(count: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** out[i, j] = sum over k of left(i, k) * right(k, j), in double precision. */
export function product(
  rows: number, columns: number, depth: number, left: (i: number, k: number) => number, right: (k: number, j: number) => number,
): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) for (let k = 0; k < depth; k++) out[i * columns + j]! += left(i, k) * right(k, j);
  }
  return out;
}

/** Every entry within 1e-5 of the largest magnitude expected. */
export function expectClose(actual: ElementArray, expected: Float64Array, who: string): void {
  expect(actual.length, who).toBe(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(actual[i]! - value)), 0);
  expect(worst / largest, `${who}: worst error relative to the largest entry`).toBeLessThan(1e-5);
}

/** Runs the twin, then each variant that supports the constants; `check` sees the arrays left by each. */
export async function everyBody<B extends Bindings, U extends ScalarTypes, C extends ScalarTypes>(
  kernel: Kernel<B, U, C>,
  arrays: { readonly [K in keyof B]: ElementArray },
  scalars: { readonly [K in keyof U | keyof C]: number },
  check: (after: { [K in keyof B]: ElementArray }, who: string) => void,
): Promise<void> {
  const [cpu, gpu] = await testExecutors();
  check(await runKernel(cpu, kernel, arrays, scalars), 'twin');
  for (const variant of kernel.variants) {
    if (variant.supports?.(scalars) ?? true) check(await runKernel(gpu, { ...kernel, variants: [variant] }, arrays, scalars), variant.name);
  }
}
