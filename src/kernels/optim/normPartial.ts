// Global L2 norm, first stage: interleaved (sum of squares, has a non-finite value) pairs. Several flat buffers are
// covered by several calls whose `first` steps by PARTIALS over one partials buffer of 2 * PARTIALS * buffers floats.
// Zero padding between tensors adds nothing. Second stage: normFinish.ts.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/optim/norm_partial.wgsl?raw';

export const normPartial = defineKernel({
  name: 'optim/norm_partial',
  bindings: { values: read('f32'), partials: readWrite('f32') },
  uniforms: { count: 'u32', first: 'u32' },
  constants: { PARTIALS: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ PARTIALS }) => grid(PARTIALS!) }],
  twin({ values, partials }, { count, first, PARTIALS }) {
    for (let index = 0; index < PARTIALS; index++) {
      let sum = 0;
      let isBad = 0;
      for (let i = index; i < count; i += PARTIALS) {
        const value = values[i]!;
        if (Number.isFinite(value)) sum += value * value;
        else isBad = 1;
      }
      partials[2 * (first + index)] = sum;
      partials[2 * (first + index) + 1] = isBad;
    }
  },
});
