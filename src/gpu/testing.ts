// For tests: both executors, and one kernel call on either. Tests named *.gpu.test.ts run in Chromium (and, for
// quick work, in Node through Dawn). No adapter is a failure, never a skip.

import { planBuffer, type Element, type ElementArray } from './buffer';
import { CpuExecutor } from './cpuExecutor';
import { openDevice } from './device';
import type { Executor } from './executor';
import type { Bindings, Kernel, ScalarTypes } from './kernel';
import { Plan } from './plan';
import { WebGpuExecutor } from './webgpuExecutor';

let webgpu: Promise<WebGpuExecutor> | undefined;

/** The GPU of the browser, or of Dawn where the tests run in Node. */
export const testGpu = (): GPU | undefined => globalThis.navigator?.gpu ?? globalThis.creditscopeGpu;

/** The CPU executor and a WebGPU executor shared by the file's tests. */
export async function testExecutors(): Promise<readonly [CpuExecutor, WebGpuExecutor]> {
  webgpu ??= openDevice(testGpu()).then((open) => new WebGpuExecutor(open));
  return [new CpuExecutor(), await webgpu];
}

/** Runs one kernel over the given arrays and returns every array as it is afterwards. */
export async function runKernel<B extends Bindings, U extends ScalarTypes, C extends ScalarTypes>(
  executor: Executor,
  kernel: Kernel<B, U, C>,
  arrays: { readonly [K in keyof B]: ElementArray },
  scalars: { readonly [K in keyof U | keyof C]: number },
): Promise<{ [K in keyof B]: ElementArray }> {
  const names = Object.keys(kernel.bindings) as (keyof B & string)[];
  const buffers = Object.fromEntries(names.map((name) => [name, planBuffer(name, arrays[name].length, kernel.bindings[name]!.element as Element)]));
  const plan = new Plan(kernel.name).call(kernel, buffers as never, scalars as never);
  await executor.prepare(plan);
  for (const name of names) executor.write(buffers[name]!, arrays[name]);
  await executor.run(plan);
  const results = await Promise.all(names.map(async (name) => [name, await executor.read(buffers[name]!)] as const));
  executor.release(...Object.values(buffers));
  return Object.fromEntries(results) as { [K in keyof B]: ElementArray };
}
