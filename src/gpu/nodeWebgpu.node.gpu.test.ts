import { expect, test } from 'vitest';
import { openDevice } from './device';
import { nodeGpu } from './nodeWebgpu';

test('Dawn is loaded in Node and gives two devices side by side, as policy and critics need', async () => {
  const gpu = await nodeGpu();
  expect(gpu, 'the package webgpu could not be loaded').toBeDefined();
  const [first, second] = [await openDevice(gpu), await openDevice(gpu)];
  expect(first.device).not.toBe(second.device);
  expect(first.device.limits.maxStorageBuffersPerShaderStage).toBeGreaterThanOrEqual(8);
  expect(first.description).not.toBe('');
  first.device.destroy();
  // the other one lives on
  const buffer = second.device.createBuffer({ size: 16, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  second.device.queue.writeBuffer(buffer, 0, new Uint32Array([1, 2, 3, 4]));
  await buffer.mapAsync(GPUMapMode.READ);
  expect([...new Uint32Array(buffer.getMappedRange())]).toEqual([1, 2, 3, 4]);
  buffer.unmap();
  second.device.destroy();
});
