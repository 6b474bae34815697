import { expect, test } from 'vitest';
import { doubts } from './doubts';

test('the least log-probability of the tokens before; nothing past the end, nothing from one answer to the next', () => {
  const samplerLogprobs_NT = Float32Array.of(-0.5, -3, -0.25, -9, /**/ -1, -1, -4, -0.125, /**/ -7, 0, 0, 0);
  const expected = [0, -0.5, -3, 0, /**/ 0, -1, -1, -4, /**/ 0, 0, 0, 0];
  expect([...doubts({ samplerLogprobs_NT, lengths_N: Uint32Array.of(3, 4, 1), width: 4 })]).toEqual(expected);
});
