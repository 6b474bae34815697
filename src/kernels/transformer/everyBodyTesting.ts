// For tests of this folder: runs a kernel through every body it has (the twin, wasm SIMD, and each shader variant that supports
// the constants), so that a failure names the executor and the variant; comparison with double-precision numbers;
// central differences; seeded numbers.

import { expect } from 'vitest';
import type { ElementArray } from '../../gpu/buffer';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import type { Bindings, Kernel, Scalars, ScalarTypes } from '../../gpu/kernel';
import { runKernel, testExecutors } from '../../gpu/testing';

type Numbers = ArrayLike<number>;

export async function everyBody<B extends Bindings, U extends ScalarTypes, C extends ScalarTypes>(
  kernel: Kernel<B, U, C>,
  arrays: { readonly [K in keyof B]: ElementArray },
  scalars: { readonly [K in keyof U | keyof C]: number },
  check: (results: { [K in keyof B]: ElementArray }, body: string) => void,
): Promise<void> {
  const [cpu, webgpu] = await testExecutors();
  check(await runKernel(cpu, kernel, arrays, scalars), `${kernel.name} on cpu`);
  if (kernel.simd !== undefined) check(await runKernel(new CpuExecutor({ useSimd: true }), kernel, arrays, scalars), `${kernel.name} on cpu, wasm SIMD`);
  for (const variant of kernel.variants) {
    if (!(variant.supports?.(scalars as Scalars) ?? true)) continue;
    const results = await runKernel(webgpu, { ...kernel, variants: [variant] }, arrays, scalars);
    check(results, `${kernel.name} on webgpu, variant ${variant.name}`);
  }
}

/** Every |got - expected| is at most tolerance * max(1, largest |expected|); a failure names the worst index. */
export function assertClose(got: Numbers, expected: Numbers, tolerance: number, what: string): void {
  expect(got.length, `${what}: length`).toBe(expected.length);
  let largest = 1;
  let worst = 0;
  let worstError = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    const error = Math.abs(got[i]! - expected[i]!);
    if (error <= worstError) continue; // a NaN goes on and stays
    [worst, worstError] = [i, error];
    if (Number.isNaN(error)) break;
  }
  expect(worstError, `${what}[${worst}] is ${got[worst]}, expected ${expected[worst]}`).toBeLessThanOrEqual(tolerance * largest);
}

/** Gradient of f at x by central differences in double precision. */
export function centralDifferences(f: (x: Float64Array) => number, x: Numbers, step = 1e-4): Float64Array {
  const at = Float64Array.from(x);
  return Float64Array.from(x, (value, i) => {
    at[i] = value + step;
    const above = f(at);
    at[i] = value - step;
    const below = f(at);
    at[i] = value;
    return (above - below) / (2 * step);
  });
}

/** `count` floats in (-1, 1), the same for the same seed (mulberry32). */
export function seededFloats(count: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

/** Whole numbers in [0, below). */
export function weightedSum(values: Numbers, weights: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * weights[i]!;
  return sum;
}
