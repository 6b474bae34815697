// The entropy term of the loss, after loss/policy_loss, with the same token weights. With bonus 0 it only clears d_entropy.
// Fixtures: grpo_step.json entropy_coef -> bonus.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/entropy_bonus.wgsl?raw';

export const entropyBonus = defineKernel({
  name: 'loss/entropy_bonus',
  bindings: { entropy: read('f32'), weights: read('f32'), loss: readWrite('f32'), d_entropy: readWrite('f32') },
  uniforms: { count: 'u32', bonus: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ count }) => grid(count!) }],
  twin({ entropy, weights, loss, d_entropy }, { count, bonus }) {
    for (let i = 0; i < count; i++) {
      d_entropy[i] = -bonus * weights[i]!;
      if (weights[i] !== 0) loss[i] = loss[i]! - bonus * entropy[i]!;
    }
  },
});
