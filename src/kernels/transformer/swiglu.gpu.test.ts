import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import { swiglu } from './swiglu';

test.each([1, 7, 33])('swiglu of %i elements: values worked out by hand, equal on both executors', async (count) => {
  const gate = Float32Array.from({ length: count }, (_, i) => i - 3);
  const up = Float32Array.from({ length: count }, (_, i) => 2 - i / 4);
  for (const executor of await testExecutors()) {
    const { y } = await runKernel(executor, swiglu, { gate, up, y: new Float32Array(count) }, { count });
    expect(y[0]).toBeCloseTo(-0.28455517, 5); // silu(-3) = -0.14227759
    if (count > 3) expect(y[3]).toBe(0); // silu(0) = 0
    if (count > 4) expect(y[4]).toBeCloseTo(0.7310586, 5); // silu(1) * 1
  }
});
