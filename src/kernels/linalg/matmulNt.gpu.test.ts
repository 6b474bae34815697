import { expect, test } from 'vitest';
import { everyBody, expectClose, numbers, product, SIZES } from './matmulTesting';
import { matmulNt } from './matmulNt';

test('a 2 x 2 case by hand', async () => {
  const x = Float32Array.of(1, 2, 3, 4);
  const w = Float32Array.of(5, 6, 7, 8);
  const arrays = { x, w, bias: Float32Array.of(100, 200), residual: Float32Array.of(1, 2, 3, 4), y: new Float32Array(4) };
  await everyBody(matmulNt, arrays, { rows: 2, IN: 2, OUT: 2, HAS_BIAS: 0, HAS_RESIDUAL: 0 }, ({ y }) => expect([...y]).toEqual([17, 23, 39, 53]));
  await everyBody(matmulNt, arrays, { rows: 2, IN: 2, OUT: 2, HAS_BIAS: 1, HAS_RESIDUAL: 0 }, ({ y }) => expect([...y]).toEqual([117, 223, 139, 253]));
  await everyBody(matmulNt, arrays, { rows: 2, IN: 2, OUT: 2, HAS_BIAS: 0, HAS_RESIDUAL: 1 }, ({ y }) => expect([...y]).toEqual([18, 25, 42, 57]));
});

for (const [HAS_BIAS, HAS_RESIDUAL] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
  test.each(HAS_BIAS === HAS_RESIDUAL ? SIZES : SIZES.slice(2, 4))(`%i rows, %i in, %i out, bias ${HAS_BIAS}, residual ${HAS_RESIDUAL}`, async (rows, IN, OUT) => {
    const x = numbers(rows * IN, 1);
    const w = numbers(OUT * IN, 2);
    const bias = numbers(OUT, 3);
    const residual = numbers(rows * OUT, 4);
    const expected = product(rows, OUT, IN, (i, k) => x[i * IN + k]!, (k, j) => w[j * IN + k]!)
      .map((value, i) => value + HAS_BIAS * bias[i % OUT]! + HAS_RESIDUAL * residual[i]!);
    const y = new Float32Array((rows + 3) * OUT).fill(7); // three rows more than asked for, which must stay
    await everyBody(matmulNt, { x, w, bias, residual, y }, { rows, IN, OUT, HAS_BIAS, HAS_RESIDUAL }, (after, who) => {
      expectClose(after.y.subarray(0, rows * OUT), expected, who);
      expect(after.y.subarray(rows * OUT).every((value) => value === 7), who).toBe(true);
    });
  });
}

test('no rows leave y alone', async () => {
  const w = numbers(16, 1);
  const arrays = { x: w, w, bias: w, residual: w, y: new Float32Array(16).fill(7) };
  await everyBody(matmulNt, arrays, { rows: 0, IN: 4, OUT: 4, HAS_BIAS: 0, HAS_RESIDUAL: 0 }, ({ y }) => expect(y.every((value) => value === 7)).toBe(true));
});

test('a row is the same bits whatever rows stand beside it', async () => {
  const x = numbers(33 * 20, 1);
  const w = numbers(12 * 20, 2);
  const arrays = { x, w, bias: w, residual: w, y: new Float32Array(33 * 12) };
  const few = new Map<string, Float32Array>();
  await everyBody(matmulNt, arrays, { rows: 5, IN: 20, OUT: 12, HAS_BIAS: 0, HAS_RESIDUAL: 0 }, ({ y }, who) => {
    few.set(who, y.slice(0, 60) as Float32Array);
  });
  expect([...few.keys()]).toEqual(['twin', 'vec4', 'tile', 'simple']);
  await everyBody(matmulNt, arrays, { rows: 33, IN: 20, OUT: 12, HAS_BIAS: 0, HAS_RESIDUAL: 0 }, ({ y }, who) => {
    expect(y.slice(0, 60), who).toEqual(few.get(who));
  });
});
