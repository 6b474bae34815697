import { expect, test } from 'vitest';
import { columnSum } from './columnSum';
import { everyBody, expectClose, numbers } from './matmulTesting';

test('a 3 x 2 case by hand, added to what is there', async () => {
  await everyBody(columnSum, { x: Float32Array.of(1, 2, 3, 4, 5, 6), sums: Float32Array.of(100, 200) }, { rows: 3, WIDTH: 2 }, ({ sums }) => {
    expect([...sums]).toEqual([109, 212]);
  });
});

test.each([[1, 1], [7, 7], [33, 33], [50, 36], [2240, 64], [130, 129]])('%i rows of %i', async (rows, WIDTH) => {
  const x = numbers((rows + 3) * WIDTH, 1); // three rows more than asked for, which must not be read
  const sums = numbers(WIDTH, 2);
  const expected = Float64Array.from(sums, (start, j) => {
    let total = start;
    for (let row = 0; row < rows; row++) total += x[row * WIDTH + j]!;
    return total;
  });
  await everyBody(columnSum, { x, sums }, { rows, WIDTH }, (after, who) => expectClose(after.sums, expected, who));
});

test('no rows leave the sums alone', async () => {
  const sums = numbers(5, 2);
  await everyBody(columnSum, { x: numbers(5, 1), sums }, { rows: 0, WIDTH: 5 }, (after) => expect(after.sums).toEqual(sums));
});
