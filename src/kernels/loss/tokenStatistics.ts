// Log-probability of one target a row, entropy and log-sum-exp of softmax(logits/temperature), in one pass over the logits.
// Fixtures: sampling.json basic/* (logits -> logits, target_ids -> targets; one call a temperature) and model_*.json
// (logits of the rows that predict something). A target out of the vocabulary is the caller's mistake: it is clamped to the last.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/token_statistics.wgsl?raw';

export const tokenStatistics = defineKernel({
  name: 'loss/token_statistics',
  bindings: {
    logits: read('f32'), targets: read('u32'), logprob: readWrite('f32'), entropy: readWrite('f32'), logsumexp: readWrite('f32'),
  },
  uniforms: { rows: 'u32', temperature: 'f32' },
  constants: { VOCAB: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) }],
  twin({ logits, targets, logprob, entropy, logsumexp }, { rows, temperature, VOCAB }) {
    for (let row = 0; row < rows; row++) {
      const start = row * VOCAB;
      let largest = -3.4e38;
      for (let v = 0; v < VOCAB; v++) largest = Math.max(largest, logits[start + v]!);
      let total = 0;
      let weighted = 0;
      for (let v = 0; v < VOCAB; v++) {
        const z = (logits[start + v]! - largest) / temperature;
        const weight = Math.exp(z);
        total += weight;
        if (weight > 0) weighted += weight * z;
      }
      const logTotal = Math.log(total);
      const target = Math.min(targets[row]!, VOCAB - 1);
      logprob[row] = (logits[start + target]! - largest) / temperature - logTotal;
      entropy[row] = Math.max(0, logTotal - weighted / total);
      logsumexp[row] = largest / temperature + logTotal;
    }
  },
});
