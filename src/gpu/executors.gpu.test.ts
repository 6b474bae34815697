// What both executors promise about plans, with a kernel small enough to work out by hand.

import { expect, test } from 'vitest';
import { planBuffer, slice } from './buffer';
import { openDevice } from './device';
import { defineKernel, grid, read, readWrite } from './kernel';
import { Plan, variable } from './plan';
import { testExecutors, testGpu } from './testing';
import { WebGpuExecutor } from './webgpuExecutor';

/** y[i] = y[i] * FACTOR + x[i] + shift */
const scaleAndAdd = defineKernel({
  name: 'test/scale_and_add',
  bindings: { x: read('f32'), y: readWrite('f32') },
  uniforms: { count: 'u32', shift: 'f32' },
  constants: { FACTOR: 'f32' },
  variants: [{
    name: 'simple',
    wgsl: `@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
      let i = invocation_index(id);
      if (i >= uniforms.count) { return; }
      y[i] = y[i] * FACTOR + x[i] + uniforms.shift;
    }`,
    workgroups: ({ count }) => grid(count!),
  }],
  twin({ x, y }, { count, shift, FACTOR }) {
    for (let i = 0; i < count; i++) y[i] = y[i]! * FACTOR + x[i]! + shift;
  },
});

const openExecutor = async (paceMs?: number) => new WebGpuExecutor(await openDevice(testGpu()), { paceMs });

function horner(iterations: number) {
  const [x, y] = [planBuffer('x', 3), planBuffer('y', 3)];
  const plan = new Plan('horner').call(scaleAndAdd, { x, y }, { count: 3, shift: variable('shift'), FACTOR: 10 });
  return { x, y, plan, variables: Array.from({ length: iterations }, (_, i) => ({ shift: i + 1 })) };
}

test('a run walks the calls once an iteration, each with its own variables', async () => {
  for (const executor of await testExecutors()) {
    const { x, y, plan, variables } = horner(3);
    await executor.prepare(plan);
    executor.write(x, Float32Array.of(0, 1, 2));
    await executor.run(plan, variables);
    expect([...await executor.read(y)], executor.kind).toEqual([123, 234, 345]);
    await executor.run(plan, [{ shift: 0 }]);
    expect([...await executor.read(y)], executor.kind).toEqual([1230, 2341, 3452]);
  }
});

test('a paced run gives the same bits as an unpaced one', async () => {
  const results = [];
  for (const paceMs of [undefined, 0.001]) {
    const executor = await openExecutor(paceMs);
    const { x, y, plan, variables } = horner(5);
    await executor.prepare(plan);
    executor.write(x, Float32Array.of(0.1, -0.3, 7));
    await executor.run(plan, variables);
    results.push([...await executor.read(y)]);
    executor.destroy();
  }
  expect(results[1]).toEqual(results[0]);
});

test('plans run in order and several buffers come back, paced or not', async () => {
  const [cpu, webgpu] = await testExecutors();
  const paced = await openExecutor(0.001);
  for (const executor of [cpu, webgpu, paced]) {
    const { x, y, plan, variables } = horner(2);
    const words = planBuffer('words', 70, 'u32');
    const forget = new Plan('forget').clear(slice(y, 0, 3));
    const again = new Plan('again').call(scaleAndAdd, { x, y }, { count: 2, shift: 5, FACTOR: 1 });
    for (const one of [plan, forget, again]) await executor.prepare(one);
    executor.allocate(words);
    executor.write(x, Float32Array.of(0, 1, 2));
    executor.write(y, Float32Array.of(7, 7, 7));
    executor.write(words, Uint32Array.from({ length: 70 }, (_, i) => i));
    const found = await executor.runAndRead([{ plan: forget }, { plan, iterations: variables }, { plan: again }], [y, slice(words, 64, 3), x]);
    expect(found.map((one) => [...one]), executor.kind).toEqual([[17, 29, 34], [64, 65, 66], [0, 1, 2]]);
    expect(found[1]).toBeInstanceOf(Uint32Array);
    expect(await executor.runAndRead([], []), executor.kind).toEqual([]);
  }
  paced.destroy();
});

test('a plan twice in one go is refused: its second uniforms would replace the first', async () => {
  const executor = (await testExecutors())[1];
  const { plan } = horner(1);
  await executor.prepare(plan);
  await expect(executor.runAndRead([{ plan, iterations: [{ shift: 1 }] }, { plan, iterations: [{ shift: 2 }] }], [])).rejects.toThrow('listed twice');
});

test('slices are windows into one flat buffer; clear and copy keep to them', async () => {
  for (const executor of await testExecutors()) {
    const [flat, other] = [planBuffer('flat', 192), planBuffer('other', 64)];
    const plan = new Plan('move').copy(other, slice(flat, 64, 64)).clear(slice(flat, 128, 2));
    await executor.prepare(plan);
    executor.write(flat, new Float32Array(192).fill(1));
    executor.write(other, new Float32Array(64).fill(5));
    await executor.run(plan);
    const result = await executor.read(flat);
    expect([result[63], result[64], result[127], result[128], result[129], result[130]], executor.kind).toEqual([1, 5, 5, 0, 0, 1]);
  }
});

test('a dispatch of nothing does nothing', async () => {
  for (const executor of await testExecutors()) {
    const [x, y] = [planBuffer('x', 1), planBuffer('y', 1)];
    const plan = new Plan('nothing').call(scaleAndAdd, { x, y }, { count: 0, shift: 3, FACTOR: 2 });
    await executor.prepare(plan);
    await executor.run(plan);
    expect([...await executor.read(y)]).toEqual([0]);
  }
});

test('a shader that does not compile is named, with its line', async () => {
  const executor = await openExecutor();
  const broken = { ...scaleAndAdd, name: 'test/broken', variants: [{ ...scaleAndAdd.variants[0], wgsl: '@compute @workgroup_size(64) fn main() { nonsense(); }' }] as const };
  const plan = new Plan('broken').call(broken, { x: planBuffer('x', 1), y: planBuffer('y', 1) }, { count: 1, shift: 0, FACTOR: 1 });
  await expect(executor.prepare(plan)).rejects.toThrow(/test\/broken[\s\S]*nonsense/);
  executor.destroy();
});

test('memory is counted and given back', async () => {
  const executor = await openExecutor();
  const { x, y, plan } = horner(1);
  const before = executor.memoryBytes();
  await executor.prepare(plan);
  expect(executor.memoryBytes() - before).toBeGreaterThanOrEqual(24);
  executor.release(x, y);
  expect(executor.memoryBytes() - before).toBeLessThanOrEqual(256);
  executor.destroy();
});
