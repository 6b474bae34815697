import { expect, test } from 'vitest';
import { sequenceInputs } from './sequenceRows';

test('prompts end where answers begin, whatever their length', () => {
  const batch = { prompts_N: [[5, 6, 7], [9]], tokens_NT: Uint32Array.of(10, 11, 1, 12, 1, 0), lengths_N: Uint32Array.of(3, 2) };
  const { tokens, positions, keyMask } = sequenceInputs(batch, 3, 3);
  expect([...tokens]).toEqual([5, 6, 7, 10, 11, 0, 0, 9, 12, 1]);
  expect([...positions]).toEqual([0, 1, 2, 3, 4, 0, 0, 0, 1, 2]);
  expect([...keyMask]).toEqual([1, 1, 1, 1, 1, 0, 0, 1, 1, 1]);
});

test('an empty answer leaves only its prompt', () => {
  const batch = { prompts_N: [[5, 6]], tokens_NT: Uint32Array.of(3, 3), lengths_N: Uint32Array.of(0) };
  expect([...sequenceInputs(batch, 2, 2).keyMask]).toEqual([1, 1, 0]);
});

test('a prompt that does not fit is refused', () => {
  const batch = { prompts_N: [[1, 2, 3]], tokens_NT: new Uint32Array(2), lengths_N: Uint32Array.of(1) };
  expect(() => sequenceInputs(batch, 2, 2)).toThrow('3 tokens');
});
