import { expect, test } from 'vitest';
import { assertClose, centralDifferences, everyBody, seededFloats, weightedSum } from './everyBodyTesting';
import { rmsnorm } from './rmsnorm';
import { rmsnormGradInput } from './rmsnormGradInput';
import { rmsnormGradWeight } from './rmsnormGradWeight';

const EPSILON = 1e-3;

/** Double precision, one row after another: divide by the root mean square, then scale. */
function normalised(x: ArrayLike<number>, weight: ArrayLike<number>): Float64Array {
  const width = weight.length;
  return Float64Array.from(x, (value, i) => {
    const row = Array.from({ length: width }, (_, j) => x[Math.floor(i / width) * width + j]!);
    return weight[i % width]! * value / Math.sqrt(row.reduce((sum, one) => sum + one ** 2, 0) / width + EPSILON);
  });
}

test('a row worked out by hand', async () => {
  const arrays = { x: Float32Array.of(3, 4, 0, 0), weight: Float32Array.of(1, 2, 1, 1), y: new Float32Array(4), inverse_rms: new Float32Array(1) };
  await everyBody(rmsnorm, arrays, { rows: 1, epsilon: 0, WIDTH: 4 }, ({ y, inverse_rms }, body) => {
    assertClose(inverse_rms, [0.4], 1e-6, `${body}: inverse_rms`); // sqrt(25 / 4) = 2.5
    assertClose(y, [1.2, 3.2, 0, 0], 1e-6, `${body}: y`);
  });
});

test.each([[1, 1], [7, 6], [33, 8], [67, 12], [3, 64]])('%i rows of width %i: forward and both gradients', async (rows, WIDTH) => {
  const x = seededFloats(rows * WIDTH, 2);
  x.fill(0, 0, rows > 5 ? WIDTH : 0); // a row of zeros
  const weight = seededFloats(WIDTH, 3);
  const dy = seededFloats(rows * WIDTH, 4);
  const y_RW = normalised(x, weight);
  const inverse_rms = Float32Array.from({ length: rows }, (_, row) => 1 / Math.sqrt(x.slice(row * WIDTH, (row + 1) * WIDTH).reduce((sum, one) => sum + one * one, 0) / WIDTH + EPSILON));
  const out = { y: new Float32Array(rows * WIDTH), inverse_rms: new Float32Array(rows) };
  await everyBody(rmsnorm, { x, weight, ...out }, { rows, epsilon: EPSILON, WIDTH }, (after, body) => {
    assertClose(after.y, y_RW, 3e-6, `${body}: y`);
    assertClose(after.inverse_rms, inverse_rms, 3e-6, `${body}: inverse_rms`);
  });

  const dx_RW = centralDifferences((at) => weightedSum(normalised(at, weight), dy), x, 1e-5);
  for (const accumulate of [0, 1]) {
    const before = seededFloats(rows * WIDTH, 5);
    await everyBody(rmsnormGradInput, { x, weight, inverse_rms, dy, dx: before }, { rows, accumulate, WIDTH }, ({ dx }, body) => {
      assertClose(dx, dx_RW.map((one, i) => one + accumulate * before[i]!), 1e-5, `${body}: dx, accumulate ${accumulate}`);
    });
  }

  const dweight_W = centralDifferences((at) => weightedSum(normalised(x, at), dy), weight);
  const before = new Float32Array(WIDTH).fill(2);
  await everyBody(rmsnormGradWeight, { x, inverse_rms, dy, dweight: before }, { rows, WIDTH }, ({ dweight }, body) => {
    assertClose(dweight, dweight_W.map((one) => one + 2), 1e-5, `${body}: dweight`);
  });
});

test('rows in a different order of magnitude keep their own scale', async () => {
  const x = Float32Array.of(1e-3, -1e-3, 1e4, -1e4);
  const arrays = { x, weight: Float32Array.of(1, 1), y: new Float32Array(4), inverse_rms: new Float32Array(2) };
  await everyBody(rmsnorm, arrays, { rows: 2, epsilon: 1e-12, WIDTH: 2 }, ({ y }, body) => {
    expect(Array.from(y, (one) => Math.round(one * 1000)), body).toEqual([1000, -1000, 1000, -1000]);
  });
});
