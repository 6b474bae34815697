// Most probable tokens of each row with their probabilities (unfiltered), for a person to look at.
// Fixtures: sampling.json basic/* argmax = ids with COUNT 1.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/sampling/top_tokens.wgsl?raw';

/** Stands where COUNT exceeds the vocabulary. */
export const NO_TOKEN = 0xffffffff;

export const topTokens = defineKernel({
  name: 'sampling/top_tokens',
  bindings: { logits: read('f32'), ids: readWrite('u32'), probabilities: readWrite('f32') },
  uniforms: { rows: 'u32', temperature: 'f32' },
  constants: { VOCAB: 'u32', COUNT: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) }],
  twin({ logits, ids, probabilities }, { rows, temperature, VOCAB, COUNT }) {
    for (let row = 0; row < rows; row++) {
      const x = logits.subarray(row * VOCAB, (row + 1) * VOCAB);
      const falling = Array.from(x.keys()).sort((a, b) => x[b]! - x[a]! || a - b);
      const largest = x[falling[0]!]!;
      const total = x.reduce((sum, one) => sum + Math.exp((one - largest) / temperature), 0);
      for (let place = 0; place < COUNT; place++) {
        const token = falling[place];
        ids[row * COUNT + place] = token ?? NO_TOKEN;
        probabilities[row * COUNT + place] = token === undefined ? 0 : Math.exp((x[token]! - largest) / temperature) / total;
      }
    }
  },
});
