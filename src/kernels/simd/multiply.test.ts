// The wasm SIMD bodies of the matmuls against the twins, at sizes that leave every kind of remainder.

import { expect, test } from 'vitest';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import { runKernel } from '../../gpu/testing';
import { matmulNn } from '../linalg/matmulNn';
import { matmulNt } from '../linalg/matmulNt';
import { matmulTn } from '../linalg/matmulTn';

const values = (count: number, phase: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i * 1.7 + phase));
const worst = (got: ArrayLike<number>, want: ArrayLike<number>) => Array.from(want).reduce((most, value, i) => Math.max(most, Math.abs(got[i]! - value)), 0);

test.each([[1, 1, 1], [7, 33, 9], [50, 36, 44], [4, 8, 8], [0, 4, 4], [600, 5, 24]])('rows %i, IN %i, OUT %i', async (rows, IN, OUT) => {
  const [twin, simd] = [new CpuExecutor(), new CpuExecutor({ useSimd: true })];
  const some = (count: number, phase: number) => values(Math.max(1, count), phase);
  const [x, w, dy] = [some(rows * IN, 0), some(OUT * IN, 1), some(rows * OUT, 2)];
  const tolerance = 2e-6 * Math.max(rows, IN, OUT);
  for (const [HAS_BIAS, HAS_RESIDUAL] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
    const arrays = { x, w, bias: some(OUT, 3), residual: some(rows * OUT, 4), y: some(rows * OUT, 5) };
    const results = await Promise.all([twin, simd].map((executor) => runKernel(executor, matmulNt, arrays, { rows, IN, OUT, HAS_BIAS, HAS_RESIDUAL })));
    expect(worst(results[1]!.y, results[0]!.y)).toBeLessThan(tolerance);
  }
  for (const accumulate of [0, 1]) {
    const results = await Promise.all([twin, simd].map((executor) => runKernel(executor, matmulNn, { dy, w, dx: some(rows * IN, 6) }, { rows, accumulate, IN, OUT })));
    expect(worst(results[1]!.dx, results[0]!.dx)).toBeLessThan(tolerance);
  }
  const results = await Promise.all([twin, simd].map((executor) => runKernel(executor, matmulTn, { dy, x, dw: some(OUT * IN, 7) }, { rows, IN, OUT })));
  expect(worst(results[1]!.dw, results[0]!.dw)).toBeLessThan(tolerance);
});
