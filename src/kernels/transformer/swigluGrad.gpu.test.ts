import { test } from 'vitest';
import { assertClose, centralDifferences, everyBody, seededFloats } from './everyBodyTesting';
import { swigluGrad } from './swigluGrad';

test.each([1, 6, 7, 33, 132])('gradients of swiglu against central differences, %i elements', async (count) => {
  const gate = seededFloats(count, 1).map((one) => one * 6);
  const up = seededFloats(count, 2);
  const dy = seededFloats(count, 3);
  const loss = (g: ArrayLike<number>, u: ArrayLike<number>): number => dy.reduce((sum, one, i) => sum + one * u[i]! * g[i]! / (1 + Math.exp(-g[i]!)), 0);
  const dgate_N = centralDifferences((at) => loss(at, up), gate);
  const dup_N = centralDifferences((at) => loss(gate, at), up);
  const room = () => new Float32Array(count + 3).fill(-7); // behind the end it stays as it was
  const arrays = { gate, up, dy, dgate: room(), dup: room() };
  await everyBody(swigluGrad, arrays, { count }, ({ dgate, dup }, body) => {
    assertClose(dgate, [...dgate_N, -7, -7, -7], 3e-6, `${body}: dgate`);
    assertClose(dup, [...dup_N, -7, -7, -7], 3e-6, `${body}: dup`);
  });
});

test('far from zero the gradients saturate and stay finite', async () => {
  const arrays = { gate: Float32Array.of(-200, 200), up: Float32Array.of(3, 3), dy: Float32Array.of(1, 1), dgate: new Float32Array(2), dup: new Float32Array(2) };
  await everyBody(swigluGrad, arrays, { count: 2 }, ({ dgate, dup }, body) => {
    assertClose(dgate, [0, 3], 1e-6, `${body}: dgate`);
    assertClose(dup, [0, 200], 1e-6, `${body}: dup`);
  });
});
