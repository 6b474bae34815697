// Deterministic weighted sum, first stage; second stage maskedSumFinish.ts. With weights W of loss/aggregation_weights it aggregates
// per-token losses and KL; with 1 and 0 it sums under a mask.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/masked_sum_partial.wgsl?raw';

export const maskedSumPartial = defineKernel({
  name: 'loss/masked_sum_partial',
  bindings: { values: read('f32'), weights: read('f32'), partials: readWrite('f32') },
  uniforms: { count: 'u32' },
  constants: { PARTIALS: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ PARTIALS }) => grid(PARTIALS!) }],
  twin({ values, weights, partials }, { count, PARTIALS }) {
    for (let index = 0; index < PARTIALS; index++) {
      let sum = 0;
      for (let i = index; i < count; i += PARTIALS) if (weights[i] !== 0) sum += values[i]! * weights[i]!;
      partials[index] = sum;
    }
  },
});
