// GSPO in two kernels: this one, then loss/policy_loss (ppo) with `old_logprobs` bound to shifted_old_logprobs.
// Fixtures: policy_losses.json gspo/*; seq_ratio = ratio.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/sequence_ratio.wgsl?raw';

export const sequenceRatio = defineKernel({
  name: 'loss/sequence_ratio',
  bindings: { logprobs: read('f32'), old_logprobs: read('f32'), mask: read('u32'), shifted_old_logprobs: readWrite('f32'), ratio: readWrite('f32') },
  uniforms: { rows: 'u32', length: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) }],
  twin({ logprobs, old_logprobs, mask, shifted_old_logprobs, ratio }, { rows, length }) {
    for (let row = 0; row < rows; row++) {
      const cells = Array.from({ length }, (_, t) => row * length + t);
      const used = cells.filter((i) => mask[i] !== 0);
      const logRatio = used.reduce((sum, i) => sum + logprobs[i]! - old_logprobs[i]!, 0) / Math.max(used.length, 1);
      ratio[row] = Math.exp(logRatio);
      for (const i of cells) shifted_old_logprobs[i] = mask[i] !== 0 ? logprobs[i]! - logRatio : 0;
    }
  },
});
