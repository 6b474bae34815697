// The wasm SIMD bodies on several threads: the bits of one thread, whatever the number.

import { afterEach, describe, expect, test } from 'vitest';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import { nodeThreads } from '../../gpu/nodeThreads';
import { runKernel } from '../../gpu/testing';
import { matmulNn } from '../linalg/matmulNn';
import { resultsOf, SIMD_CASES } from './simdCasesTesting';

const open: CpuExecutor[] = [];
async function withThreads(count: number): Promise<CpuExecutor> {
  const executor = new CpuExecutor({ useSimd: true, threads: await nodeThreads(count) });
  open.push(executor);
  return executor;
}
afterEach(() => {
  for (const executor of open.splice(0)) executor.destroy();
});

const words = (data: ArrayBufferView): Uint32Array => new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);

test.each([2, 3, 5])('%i threads give the bits of one', async (count) => {
  const [want, got] = [await resultsOf(new CpuExecutor({ useSimd: true })), await resultsOf(await withThreads(count))];
  for (const { name, arrays } of SIMD_CASES) {
    for (const array of Object.keys(arrays)) {
      const found = words(got[name]![array]!);
      expect(words(want[name]![array]!).findIndex((word, i) => word !== found[i]), `${name}: ${array}`).toBe(-1);
    }
  }
});

test('three threads compute what the twins compute', async () => {
  const [want, got] = [await resultsOf(new CpuExecutor()), await resultsOf(await withThreads(3))];
  for (const { name, arrays } of SIMD_CASES) {
    for (const array of Object.keys(arrays)) {
      const [wanted, found] = [want[name]![array]!, got[name]![array]!];
      const largest = Array.from(wanted).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      // written so that NaN counts as far
      const far = Array.from(wanted).findIndex((value, i) => !(Math.abs(found[i]! - value) <= 2e-5 * largest));
      expect(far, `${name}: ${array} is ${found[far]}, the twin has ${wanted[far]}`).toBe(-1);
    }
  }
});

describe('executors beside each other', () => {
  const [rows, IN, OUT] = [67, 40, 29];
  const product = (executor: CpuExecutor, factor: number) => runKernel(executor, matmulNn, {
    dy: Float32Array.from({ length: rows * OUT }, (_, i) => (i % 13) - 6 + factor), w: Float32Array.from({ length: OUT * IN }, (_, i) => (i % 11) - 5), dx: new Float32Array(rows * IN),
  }, { rows, accumulate: 0, IN, OUT });
  /** whole numbers: exact in any order */
  const expected = (factor: number) => Float32Array.from({ length: rows * IN }, (_, at) => {
    let sum = 0;
    for (let j = 0; j < OUT; j++) sum += (((Math.floor(at / IN) * OUT + j) % 13) - 6 + factor) * (((j * IN + (at % IN)) % 11) - 5);
    return sum;
  });

  test('a thousand small tasks in a row', async () => {
    const executor = await withThreads(3);
    const wanted = [expected(0), expected(1), expected(2)];
    let wrong = 0;
    for (let i = 0; i < 1000; i++) {
      const { dx } = await product(executor, i % 3);
      if (!dx.every((value, at) => value === wanted[i % 3]![at])) wrong++;
    }
    expect(wrong).toBe(0);
  });

  test('one is destroyed while another works', async () => {
    const [staying, going] = [await withThreads(3), await withThreads(2)];
    for (let i = 0; i < 20; i++) {
      if (i < 10) expect((await product(going, i)).dx).toEqual(expected(i));
      if (i === 10) going.destroy();
      expect((await product(staying, i)).dx).toEqual(expected(i));
    }
  });
});
