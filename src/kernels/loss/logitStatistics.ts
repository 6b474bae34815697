// Mean of the raw logits, the target's logit and the log of the sum of exponentials: what certainty-aware credit reads
// (UCAS, arXiv 2510.10649). Fixtures: sampling.json basic/* at temperature 1 (log-softmax of every target).

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/logit_statistics.wgsl?raw';

export const logitStatistics = defineKernel({
  name: 'loss/logit_statistics',
  bindings: { logits: read('f32'), targets: read('u32'), mean_logit: readWrite('f32'), token_logit: readWrite('f32'), logsumexp: readWrite('f32') },
  uniforms: { rows: 'u32' },
  constants: { VOCAB: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) }],
  twin({ logits, targets, mean_logit, token_logit, logsumexp }, { rows, VOCAB }) {
    for (let row = 0; row < rows; row++) {
      const own = logits.subarray(row * VOCAB, (row + 1) * VOCAB);
      const largest = own.reduce((most, one) => Math.max(most, one), -3.4e38);
      mean_logit[row] = own.reduce((sum, one) => sum + one, 0) / VOCAB;
      token_logit[row] = own[Math.min(targets[row]!, VOCAB - 1)]!;
      logsumexp[row] = largest + Math.log(own.reduce((sum, one) => sum + Math.exp(one - largest), 0));
    }
  },
});
