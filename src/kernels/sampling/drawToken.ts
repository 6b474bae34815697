// The next token of every answer, drawn and kept on the device; see the shader for the rule. `column` is the answer's token
// position, so lengths[row] = column + 1 after a draw. The draw depends on (key, row_offset + row, column) alone.
// Fixtures: sampling.json inverse_cdf_token gives u itself, which the kernel makes from the key: drawIndex is the same rule for a
// given u. `argmax` is greedy = 1.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { uniformAt } from '../../random/threefry';
import wgsl from '../../../shaders/sampling/draw_token.wgsl?raw';

export const drawToken = defineKernel({
  name: 'sampling/draw_token',
  bindings: {
    logits: read('f32'), probabilities: read('f32'), current: readWrite('u32'), finished: readWrite('u32'), lengths: readWrite('u32'),
    tokens: readWrite('u32'), logprobs: readWrite('f32'),
  },
  uniforms: {
    rows: 'u32', column: 'u32', row_offset: 'u32', key0: 'u32', key1: 'u32', temperature: 'f32', greedy: 'u32', stop_token: 'u32', padding_token: 'u32',
  },
  constants: { VOCAB: 'u32', CAPACITY: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) }],
  twin({ logits, probabilities, current, finished, lengths, tokens, logprobs }, scalars) {
    const { rows, column, row_offset, key0, key1, temperature, greedy, stop_token, padding_token, VOCAB, CAPACITY } = scalars;
    for (let row = 0; row < rows; row++) {
      const cell = row * CAPACITY + column;
      if (finished[row] !== 0) {
        tokens[cell] = padding_token;
        logprobs[cell] = 0;
        current[row] = padding_token;
        continue;
      }
      const x = logits.subarray(row * VOCAB, (row + 1) * VOCAB);
      const best = x.reduce((most, one, v) => (one > x[most]! ? v : most), 0);
      const total = x.reduce((sum, one) => sum + Math.exp((one - x[best]!) / temperature), 0);
      const p = probabilities.subarray(row * VOCAB, (row + 1) * VOCAB);
      const token = greedy !== 0 ? best : drawIndex(p, uniformAt([key0, key1], row_offset + row, column));
      tokens[cell] = token;
      logprobs[cell] = (x[token]! - x[best]!) / temperature - Math.log(total);
      current[row] = token;
      lengths[row] = column + 1;
      if (token === stop_token) finished[row] = 1;
    }
  },
});

/** Smallest index whose cumulative probability exceeds u; the last one with any probability where rounding keeps the sum below u. */
export function drawIndex(probabilities: ArrayLike<number>, u: number): number {
  let sum = 0;
  let last = 0;
  for (let v = 0; v < probabilities.length; v++) {
    const p = probabilities[v]!;
    sum += p;
    if (p > 0) last = v;
    if (sum > u) return v;
  }
  return last;
}
