import { expect, test } from 'vitest';
import { everyBody, expectClose, numbers, product, SIZES } from './matmulTesting';
import { matmulNn } from './matmulNn';

test('a 2 x 2 case by hand', async () => {
  const arrays = { dy: Float32Array.of(1, 2, 3, 4), w: Float32Array.of(5, 6, 7, 8), dx: Float32Array.of(1000, 2000, 3000, 4000) };
  await everyBody(matmulNn, arrays, { rows: 2, accumulate: 0, IN: 2, OUT: 2 }, ({ dx }) => expect([...dx]).toEqual([19, 22, 43, 50]));
  await everyBody(matmulNn, arrays, { rows: 2, accumulate: 1, IN: 2, OUT: 2 }, ({ dx }) => expect([...dx]).toEqual([1019, 2022, 3043, 4050]));
});

for (const accumulate of [0, 1]) {
  test.each(SIZES)(`%i rows, %i in, %i out, accumulate ${accumulate}`, async (rows, IN, OUT) => {
    const dy = numbers(rows * OUT, 1);
    const w = numbers(OUT * IN, 2);
    const dx = numbers((rows + 3) * IN, 3); // three rows more than asked for, which must stay
    const expected = product(rows, IN, OUT, (i, k) => dy[i * OUT + k]!, (k, j) => w[k * IN + j]!).map((value, i) => value + accumulate * dx[i]!);
    await everyBody(matmulNn, { dy, w, dx }, { rows, accumulate, IN, OUT }, (after, who) => {
      expectClose(after.dx.subarray(0, rows * IN), expected, who);
      expect(after.dx.subarray(rows * IN), who).toEqual(dx.subarray(rows * IN));
    });
  });
}

test('no rows leave dx alone', async () => {
  const arrays = { dy: numbers(4, 1), w: numbers(16, 1), dx: new Float32Array(16).fill(7) };
  await everyBody(matmulNn, arrays, { rows: 0, accumulate: 0, IN: 4, OUT: 4 }, ({ dx }) => expect(dx.every((value) => value === 7)).toBe(true));
});
