// Index of the first non-finite value, second stage; searches of several buffers share one result buffer, a slot each.

import { defineKernel, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/optim/find_nonfinite_finish.wgsl?raw';

export const findNonfiniteFinish = defineKernel({
  name: 'optim/find_nonfinite_finish',
  bindings: { partials: read('u32'), first: readWrite('u32') },
  uniforms: { slot: 'u32' },
  constants: { PARTIALS: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: () => [1, 1, 1] }],
  twin({ partials, first }, { slot, PARTIALS }) {
    first[slot] = partials.subarray(0, PARTIALS).reduce((least, one) => Math.min(least, one), 0xffffffff);
  },
});
