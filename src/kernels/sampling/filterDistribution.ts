// The distribution that answers are drawn from: temperature, then top-k, top-p, min-p, renormalised. Training log-probs never use it
// (they come from logits/temperature without filters, as in TRL, verl and OpenRLHF).
// Fixtures: sampling.json filter/*, one call an entry of per_config; null -> off (top_k 0, top_p 1, min_p 0). kept_ids are the ids
// with probability above 0.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/sampling/filter_distribution.wgsl?raw';

export const filterDistribution = defineKernel({
  name: 'sampling/filter_distribution',
  bindings: { logits: read('f32'), probabilities: readWrite('f32'), entropy: readWrite('f32') },
  uniforms: { rows: 'u32', temperature: 'f32', top_k: 'u32', top_p: 'f32', min_p: 'f32' },
  constants: { VOCAB: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) }],
  twin({ logits, probabilities, entropy }, { rows, temperature, top_k, top_p, min_p, VOCAB }) {
    for (let row = 0; row < rows; row++) {
      const x = logits.subarray(row * VOCAB, (row + 1) * VOCAB);
      const weights = probabilities.subarray(row * VOCAB, (row + 1) * VOCAB);
      const largest = x.reduce((most, one) => Math.max(most, one), -3.4e38);
      x.forEach((one, v) => { weights[v] = Math.exp((one - largest) / temperature); });
      const falling = Array.from(x.keys()).sort((a, b) => x[b]! - x[a]! || a - b);
      if (top_k > 0 && top_k < VOCAB) for (const v of falling.slice(top_k)) weights[v] = 0;
      if (top_p < 1) keepTopP(weights, falling, top_p);
      let total = 0;
      let weighted = 0;
      weights.forEach((weight, v) => {
        if (weight < min_p) weights[v] = 0;
        else if (weight > 0) {
          total += weight;
          weighted += (weight * (x[v]! - largest)) / temperature;
        }
      });
      weights.forEach((weight, v) => { weights[v] = weight / total; });
      entropy[row] = Math.max(0, Math.log(total) - weighted / total);
    }
  },
});

/** The wanted mass is rounded as the device rounds it: 0.3 of ten equal tokens is three of them, not four. */
function keepTopP(weights: Float32Array, falling: readonly number[], share: number): void {
  const wanted = Math.fround(share * weights.reduce((sum, one) => sum + one, 0));
  let mass = 0;
  for (const v of falling) {
    if (mass > 0 && mass >= wanted) weights[v] = 0;
    else mass += weights[v]!;
  }
}
