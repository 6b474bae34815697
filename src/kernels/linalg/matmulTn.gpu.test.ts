import { expect, test } from 'vitest';
import { everyBody, expectClose, numbers, product, SIZES } from './matmulTesting';
import { matmulTn } from './matmulTn';

test('a 2 x 2 case by hand, added to what is there', async () => {
  const arrays = { dy: Float32Array.of(1, 2, 3, 4), x: Float32Array.of(5, 6, 7, 8), dw: Float32Array.of(1000, 2000, 3000, 4000) };
  await everyBody(matmulTn, arrays, { rows: 2, IN: 2, OUT: 2 }, ({ dw }) => expect([...dw]).toEqual([1026, 2030, 3038, 4044]));
});

test.each([...SIZES, [2240, 64, 16], [1100, 12, 31], [33, 260, 254]] as const)('%i rows, %i in, %i out', async (rows, IN, OUT) => {
  const dy = numbers((rows + 3) * OUT, 1); // three rows more than asked for, which must not be read
  const x = numbers((rows + 3) * IN, 2);
  const dw = numbers(OUT * IN, 3);
  const expected = product(OUT, IN, rows, (i, k) => dy[k * OUT + i]!, (k, j) => x[k * IN + j]!).map((value, i) => value + dw[i]!);
  await everyBody(matmulTn, { dy, x, dw }, { rows, IN, OUT }, (after, who) => expectClose(after.dw, expected, who));
});

test('no rows leave dw alone', async () => {
  const dw = numbers(16, 3);
  await everyBody(matmulTn, { dy: numbers(4, 1), x: numbers(4, 2), dw }, { rows: 0, IN: 4, OUT: 4 }, (after) => expect(after.dw).toEqual(dw));
});
