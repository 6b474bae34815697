// For tests of kernels/loss, sampling and optim: reads the reference format (e2e/fixtures/README.md) and compares at its tolerances.

import { expect } from 'vitest';

export type Json = number | string | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export interface Fields { readonly [key: string]: Json }
export interface Tolerance { readonly mode: 'elementwise' | 'tensor_max'; readonly rtol: number; readonly atol: number }
export interface FixtureCase { readonly name: string; readonly inputs: Fields; readonly expected: Fields; readonly tolerance: Tolerance & Readonly<Record<string, Tolerance>> }
export interface FixtureFile { readonly batches: Readonly<Record<string, Fields>>; readonly cases: readonly FixtureCase[] }

/** The file's text, imported with `?raw`: it works in Node and in a browser alike. */
export function parseFixture(text: string): FixtureFile {
  const file = JSON.parse(text) as { batches?: FixtureFile['batches']; cases?: FixtureFile['cases'] };
  return { batches: file.batches ?? {}, cases: file.cases ?? [file as unknown as FixtureCase] };
}

/** All numbers of a nested list or packed tensor, row-major. */
export function flat(value: Json | undefined): number[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(flat);
  const packed = value as { b64?: string } | null | undefined;
  if (packed?.b64 === undefined) throw new TypeError(`not a tensor: ${JSON.stringify(value)?.slice(0, 80)}`);
  const bytes = Uint8Array.from(atob(packed.b64), (char) => char.charCodeAt(0));
  return [...new Float32Array(bytes.buffer)];
}

export const floats = (value: Json | undefined): Float32Array<ArrayBuffer> => Float32Array.from(flat(value));
export const words = (value: Json | undefined): Uint32Array<ArrayBuffer> => Uint32Array.from(flat(value));

export function shape(value: Json | undefined): number[] {
  if (Array.isArray(value)) return [value.length, ...(value.length === 0 ? [] : shape((value as readonly Json[])[0]))];
  return (value as { shape?: number[] } | null)?.shape ?? [];
}

export function expectClose(got: ArrayLike<number>, wanted: Json | ArrayLike<number> | undefined, tolerance: Tolerance, what: string): void {
  const expected = wanted instanceof Float32Array ? [...wanted] : flat(wanted as Json);
  expect(got.length, `${what}: count`).toBe(expected.length);
  const largest = expected.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  let worst = 0;
  let at = 0;
  expected.forEach((one, i) => {
    const allowed = tolerance.atol + tolerance.rtol * (tolerance.mode === 'tensor_max' ? largest : Math.abs(one));
    const difference = got[i] === one ? 0 : Math.abs(got[i]! - one);
    const share = Number.isNaN(difference) ? Infinity : difference / allowed;
    if (share > worst) [worst, at] = [share, i];
  });
  expect(worst, `${what}: entry ${at} is ${got[at]}, expected ${expected[at]}`).toBeLessThanOrEqual(1);
}
