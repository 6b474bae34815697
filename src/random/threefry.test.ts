import { expect, test } from 'vitest';
import { RandomStream, streamKey, threefry, uniformAt } from './threefry';

// Known answers of the Random123 distribution (kat_vectors, threefry2x32 20).
test.each([
  [[0, 0], [0, 0], [0x6b200159, 0x99ba4efe]],
  [[0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], [0x1cb996fc, 0xbb002be7]],
  [[0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3], [0xc4923a9c, 0x483df7a0]],
] as const)('threefry key %j counter %j', (key, counter, expected) => {
  expect(threefry(key, counter)).toEqual(expected);
});

test('a draw depends on its coordinates only', () => {
  const key = streamKey(1, 'sampling', 7);
  const first = uniformAt(key, 3, 5);
  uniformAt(key, 9, 9);
  expect(uniformAt(key, 3, 5)).toBe(first);
  expect(uniformAt(streamKey(1, 'critique', 7), 3, 5)).not.toBe(first);
});

test('uniforms have the mean and variance of the uniform law', () => {
  const stream = RandomStream.of(5, 'problems');
  const draws = Array.from({ length: 20000 }, () => stream.uniform());
  const mean = draws.reduce((a, b) => a + b) / draws.length;
  const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.003);
});
