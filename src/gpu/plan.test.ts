import { expect, test } from 'vitest';
import { planBuffer, slice } from './buffer';
import { CpuExecutor } from './cpuExecutor';
import { openDevice, type NoDeviceError } from './device';
import { defineKernel, grid, prelude, read, readWrite } from './kernel';
import { chooseVariant } from './kernelChoice';
import { Plan, variable } from './plan';

const copyKernel = defineKernel({
  name: 'test/copy',
  bindings: { x: read('f32'), y: readWrite('f32') },
  uniforms: { count: 'u32' },
  constants: { WIDTH: 'u32', SCALE: 'f32' },
  variants: [
    { name: 'vec4', wgsl: '', vec4: ['x'], workgroups: () => [1, 1, 1], supports: ({ WIDTH }) => WIDTH! % 4 === 0, preferredOn: 'fallback' },
    { name: 'tiles', wgsl: '', workgroups: () => [1, 1, 1], supports: ({ WIDTH }) => WIDTH! % 64 === 0, preferredOn: 'hardware' },
    { name: 'simple', wgsl: '', workgroups: () => [1, 1, 1] },
  ],
  twin() {},
});

test('one buffer bound twice and written is refused', () => {
  const x = planBuffer('x', 256);
  const plan = new Plan('alias');
  expect(() => plan.call(copyKernel, { x: slice(x, 0, 64), y: slice(x, 64, 64) }, { count: 1, WIDTH: 4, SCALE: 1 })).toThrow('bound twice');
});

test('an element type that does not fit, a missing scalar and a variable constant are refused', () => {
  const [x, y, u] = [planBuffer('x', 4), planBuffer('y', 4), planBuffer('u', 4, 'u32')];
  const plan = new Plan('types');
  expect(() => plan.call(copyKernel, { x: u, y }, { count: 1, WIDTH: 4, SCALE: 1 })).toThrow('wants f32');
  expect(() => plan.call(copyKernel, { x, y }, { count: 1, WIDTH: 4 } as never)).toThrow('SCALE is missing');
  expect(() => plan.call(copyKernel, { x, y }, { count: 1, WIDTH: variable('w'), SCALE: 1 } as never)).toThrow('cannot be a variable');
});

test('slices keep inside their buffer and start where a device can bind', () => {
  const x = planBuffer('x', 100);
  expect(() => slice(x, 64, 37)).toThrow(RangeError);
  expect(() => slice(x, 3, 4)).toThrow(RangeError);
  expect(() => planBuffer('none', 0)).toThrow(RangeError);
});

test('a variable that was not given is named', async () => {
  const plan = new Plan('p').call(copyKernel, { x: planBuffer('x', 4), y: planBuffer('y', 4) }, { count: variable('many'), WIDTH: 4, SCALE: 1 });
  const executor = new CpuExecutor();
  await executor.prepare(plan);
  await expect(executor.run(plan)).rejects.toThrow('many');
});

test('the prelude declares constants, bindings and uniforms once', () => {
  expect(prelude(copyKernel, copyKernel.variants[0], { WIDTH: 8, SCALE: 2 })).toMatchInlineSnapshot(`
    "const WIDTH: u32 = 8u;
    const SCALE: f32 = 2.0f;
    @group(0) @binding(0) var<storage, read> x: array<vec4f>;
    @group(0) @binding(1) var<storage, read_write> y: array<f32>;
    struct Uniforms {
      count: u32,
    }
    @group(0) @binding(2) var<uniform> uniforms: Uniforms;
    fn invocation_index(id: vec3u) -> u32 { return id.y * 2097152u + id.x; }
    "
  `);
});

test('a constant that a variant reads as a uniform is a field, not a line of its own', () => {
  const text = prelude(copyKernel, { ...copyKernel.variants[0], uniformConstants: ['WIDTH'] }, { SCALE: 2 });
  expect(text).not.toContain('const WIDTH');
  expect(text).toMatch(/struct Uniforms \{\n {2}count: u32,\n {2}WIDTH: u32,\n\}/);
});

test('a grid beyond one dimension folds into two and covers every invocation', () => {
  expect(grid(65)).toEqual([2, 1, 1]);
  expect(grid(0)).toEqual([0, 1, 1]);
  const [x, y] = grid(64 * 40_000);
  expect(x).toBe(32768);
  expect(x * y * 64).toBeGreaterThanOrEqual(64 * 40_000);
});

test('the choice of a variant follows adapter and constants, and a stored choice comes first', () => {
  expect(chooseVariant(copyKernel, { WIDTH: 64, SCALE: 1 }, 'fallback').name).toBe('vec4');
  expect(chooseVariant(copyKernel, { WIDTH: 64, SCALE: 1 }, 'hardware').name).toBe('tiles');
  expect(chooseVariant(copyKernel, { WIDTH: 7, SCALE: 1 }, 'fallback').name).toBe('simple');
  expect(chooseVariant(copyKernel, { WIDTH: 64, SCALE: 1 }, 'fallback', { 'test/copy': 'simple' }).name).toBe('simple');
});

test('no WebGPU, no adapter and too small limits are told apart', async () => {
  const reasonOf = (gpu: unknown) => openDevice(gpu as GPU | undefined).catch((error: unknown) => (error as NoDeviceError).reason);
  expect(await reasonOf(undefined)).toBe('no-webgpu');
  expect(await reasonOf({ requestAdapter: async () => null })).toBe('no-adapter');
  const limits = { maxStorageBuffersPerShaderStage: 4, maxComputeInvocationsPerWorkgroup: 256 };
  expect(await reasonOf({ requestAdapter: async () => ({ limits }) })).toBe('limits-too-low');
  const refusing = { limits: { ...limits, maxStorageBuffersPerShaderStage: 8 }, features: new Set(), requestDevice: async () => { throw new Error('busy'); } };
  expect(await reasonOf({ requestAdapter: async () => refusing })).toBe('request-failed');
});
