import { expect, test } from 'vitest';
import { planBuffer } from '../gpu/buffer';
import { CpuExecutor } from '../gpu/cpuExecutor';
import type { CallTimes, Executor } from '../gpu/executor';
import { defineKernel, readWrite } from '../gpu/kernel';
import { Plan } from '../gpu/plan';
import { UpdateProfiler } from './updateProfile';

const addOne = defineKernel({
  name: 'test/add_one', bindings: { values: readWrite('f32') }, uniforms: { count: 'u32' }, constants: {}, variants: [{ name: 'none', wgsl: '', workgroups: () => [0, 0, 0] }],
  twin({ values }, { count }) { for (let i = 0; i < count; i++) values[i]! += 1; },
});

/** An executor whose stretches of work took these times; null: it cannot tell. */
function withTimes(...stretches: readonly (CallTimes | null)[]): Executor {
  let at = -1;
  return { kind: 'webgpu', startTiming: () => stretches[++at] !== null, stopTiming: async () => stretches[at]! } as unknown as Executor;
}

test('adds up calls of a kernel within a phase, dearest first, with shares of the whole', async () => {
  const profiler = new UpdateProfiler();
  const executor = withTimes({ calls: [{ label: 'a', ms: 1 }, { label: 'b', ms: 5 }, { label: 'a', ms: 1 }], missed: 0 }, { calls: [{ label: 'a', ms: 3 }], missed: 7 });
  expect(await profiler.phase(executor, 'sample', async () => 'drawn')).toBe('drawn');
  await profiler.phase(executor, 'update', async () => undefined);
  expect(profiler.profileOf(4)).toEqual({
    update: 4, executor: 'webgpu', missed: 7,
    kernels: [
      { phase: 'sample', kernel: 'b', calls: 1, ms: 5, share: 0.5 },
      { phase: 'update', kernel: 'a', calls: 1, ms: 3, share: 0.3 },
      { phase: 'sample', kernel: 'a', calls: 2, ms: 2, share: 0.2 },
    ],
  });
});

test('a device without timestamps does the work and says that it has no times', async () => {
  const profiler = new UpdateProfiler();
  expect(await profiler.phase(withTimes(null), 'sample', async () => 3)).toBe(3);
  expect(profiler.profileOf(1).kernels).toBe(null);
});

test('work that fails stops the timing and fails', async () => {
  const executor = new CpuExecutor();
  await expect(new UpdateProfiler().phase(executor, 'sample', async () => { throw new Error('broken'); })).rejects.toThrow('broken');
  expect(await executor.stopTiming()).toEqual({ calls: [], missed: 0 });
});

test('on the processor every kernel call is timed while it is asked for, and none before or after', async () => {
  const executor = new CpuExecutor();
  const values = planBuffer('values', 200_000);
  const plan = new Plan('two calls').clear(values).call(addOne, { values }, { count: 200_000 }).call(addOne, { values }, { count: 1 });
  await executor.prepare(plan);
  const profiler = new UpdateProfiler();
  await executor.run(plan);
  await profiler.phase(executor, 'update', () => executor.run(plan));
  await executor.run(plan);
  const { kernels } = profiler.profileOf(1);
  expect(kernels!.map(({ phase, kernel, calls, share }) => [phase, kernel, calls, share])).toEqual([['update', 'test/add_one twin', 2, 1]]);
  expect(kernels![0]!.ms).toBeGreaterThan(0);
});
