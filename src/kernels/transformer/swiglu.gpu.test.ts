import { test } from 'vitest';
import { assertClose, everyBody } from './everyBodyTesting';
import { swiglu } from './swiglu';

test.each([1, 6, 7, 33, 132])('swiglu of %i elements: values worked out by hand', async (count) => {
  const gate = Float32Array.from({ length: count }, (_, i) => i % 3 - 1);
  const up = Float32Array.from({ length: count }, (_, i) => i + 1);
  const silu = [-0.2689414, 0, 0.7310586]; // of -1, 0, 1
  const expected = Array.from({ length: count }, (_, i) => silu[i % 3]! * (i + 1));
  const y = new Float32Array(count + 3).fill(-7); // room behind the end, which stays as it was
  await everyBody(swiglu, { gate, up, y }, { count }, (after, body) => {
    assertClose(after.y, [...expected, -7, -7, -7], 1e-6, `${body}: y`);
  });
});

test('a gate far from zero passes or blocks', async () => {
  const arrays = { gate: Float32Array.of(-200, 200), up: Float32Array.of(3, 3), y: new Float32Array(2) };
  await everyBody(swiglu, arrays, { count: 2 }, ({ y }, body) => assertClose(y, [0, 600], 1e-6, `${body}: y`));
});
