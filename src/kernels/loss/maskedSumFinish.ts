// Deterministic weighted sum, second stage: many sums (loss, KL, entropy) share one small buffer, a slot each.

import { defineKernel, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/masked_sum_finish.wgsl?raw';

export const maskedSumFinish = defineKernel({
  name: 'loss/masked_sum_finish',
  bindings: { partials: read('f32'), totals: readWrite('f32') },
  uniforms: { slot: 'u32', accumulate: 'u32' },
  constants: { PARTIALS: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: () => [1, 1, 1] }],
  twin({ partials, totals }, { slot, accumulate, PARTIALS }) {
    let sum = accumulate !== 0 ? totals[slot]! : 0;
    for (let i = 0; i < PARTIALS; i++) sum += partials[i]!;
    totals[slot] = sum;
  },
});
