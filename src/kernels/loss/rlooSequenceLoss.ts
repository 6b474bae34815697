// RLOO with the sequence as one action (TRL's RLOOTrainer). No aggregation mode: the mean over all rows, empty ones included.
// Fixtures: policy_losses.json rloo_sequence/*: ratio_min = 1 - clip_low, ratio_max = 1 + clip_high, coefficient = 1/B;
// per_sequence_loss = loss, seq_ratio = ratio, grad_logprobs = d_logprob, loss = mean of loss.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/rloo_sequence_loss.wgsl?raw';

export const rlooSequenceLoss = defineKernel({
  name: 'loss/rloo_sequence_loss',
  bindings: {
    logprobs: read('f32'), old_logprobs: read('f32'), advantages: read('f32'), mask: read('u32'),
    loss: readWrite('f32'), ratio: readWrite('f32'), flags: readWrite('u32'), d_logprob: readWrite('f32'),
  },
  uniforms: { rows: 'u32', length: 'u32', ratio_min: 'f32', ratio_max: 'f32', coefficient: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) }],
  twin({ logprobs, old_logprobs, advantages, mask, loss, ratio, flags, d_logprob }, { rows, length, ratio_min, ratio_max, coefficient }) {
    for (let row = 0; row < rows; row++) {
      const cells = Array.from({ length }, (_, t) => row * length + t);
      const r = Math.exp(cells.reduce((sum, i) => (mask[i] !== 0 ? sum + logprobs[i]! - old_logprobs[i]! : sum), 0));
      const advantage = advantages[row * length]!;
      const unclipped = -r * advantage;
      const clipped = -Math.min(Math.max(r, ratio_min), ratio_max) * advantage;
      const isClipped = clipped > unclipped;
      ratio[row] = r;
      loss[row] = isClipped ? clipped : unclipped;
      flags[row] = Number(isClipped);
      for (const i of cells) d_logprob[i] = mask[i] !== 0 && !isClipped ? unclipped * coefficient : 0;
    }
  },
});
