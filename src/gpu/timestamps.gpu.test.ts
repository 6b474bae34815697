import { expect, test } from 'vitest';
import { planBuffer } from './buffer';
import { CpuExecutor } from './cpuExecutor';
import { openDevice } from './device';
import { defineKernel, grid, read, readWrite } from './kernel';
import { Plan } from './plan';
import { testGpu } from './testing';
import { Timestamps } from './timestamps';
import { WebGpuExecutor } from './webgpuExecutor';

const double = defineKernel({
  name: 'test/double',
  bindings: { x: read('f32'), y: readWrite('f32') },
  uniforms: { count: 'u32' },
  constants: {},
  variants: [{
    name: 'simple',
    wgsl: `@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
      let i = invocation_index(id);
      if (i < uniforms.count) { y[i] = 2.0 * x[i]; }
    }`,
    workgroups: ({ count }) => grid(count!),
  }],
  twin({ x, y }, { count }) {
    for (let i = 0; i < count; i++) y[i] = 2 * x[i]!;
  },
});

test('every call of a run is timed under its kernel and variant, and results stay the same', async () => {
  const open = await openDevice(testGpu());
  expect(Timestamps.isSupported(open.device)).toBe(true);
  const executor = new WebGpuExecutor(open);
  const count = 1 << 18;
  const [x, y] = [planBuffer('x', count), planBuffer('y', count)];
  const plan = new Plan('timed').call(double, { x, y }, { count }).clear(y).call(double, { x, y }, { count: 0 }).call(double, { x, y }, { count });
  await executor.prepare(plan);
  executor.write(x, new Float32Array(count).fill(3));

  executor.timestamps = new Timestamps(open.device);
  await executor.run(plan);
  const times = await executor.timestamps.collect();
  expect(times).toHaveLength(2); // what has no rows is not dispatched
  for (const { label, ms } of times) {
    expect(label).toBe('test/double simple');
    expect(ms).toBeGreaterThanOrEqual(0);
  }
  expect(times.reduce((sum, { ms }) => sum + ms, 0)).toBeGreaterThan(0);
  expect(await executor.timestamps.collect()).toEqual([]);
  expect((await executor.read(y))[count - 1]).toBe(6);

  executor.timestamps.destroy();
  executor.timestamps = undefined;
  await executor.run(plan);
  executor.destroy();
});

test('either executor times its calls on request, and says how many it had no room for', async () => {
  for (const executor of [new CpuExecutor(), new WebGpuExecutor(await openDevice(testGpu()))]) {
    const [x, y] = [planBuffer('x', 64), planBuffer('y', 64)];
    const plan = new Plan('timed').call(double, { x, y }, { count: 64 });
    await executor.prepare(plan);
    expect(executor.startTiming()).toBe(true);
    await executor.run(plan, Array.from({ length: 2100 }, () => ({})));
    const { calls, missed } = await executor.stopTiming();
    // a query set holds the two times of 2,048 calls
    expect([calls.length, missed], executor.kind).toEqual(executor.kind === 'cpu' ? [2100, 0] : [2048, 52]);
    expect(new Set(calls.map(({ label }) => label))).toEqual(new Set([executor.kind === 'cpu' ? 'test/double twin' : 'test/double simple']));
    await executor.run(plan);
    expect((await executor.stopTiming()).calls).toEqual([]);
    executor.destroy();
  }
});
