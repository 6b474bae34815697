// Index of the first non-finite value of a buffer, first stage; second stage findNonfiniteFinish.ts. Run it only when something is
// known to be wrong (the norm's flag), to name the tensor.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/optim/find_nonfinite.wgsl?raw';

/** What the search gives where every value is finite. */
export const ALL_FINITE = 0xffffffff;

export const findNonfinite = defineKernel({
  name: 'optim/find_nonfinite',
  bindings: { values: read('f32'), partials: readWrite('u32') },
  uniforms: { count: 'u32' },
  constants: { PARTIALS: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ PARTIALS }) => grid(PARTIALS!) }],
  twin({ values, partials }, { count, PARTIALS }) {
    partials.fill(ALL_FINITE, 0, PARTIALS);
    for (let i = count - 1; i >= 0; i--) if (!Number.isFinite(values[i])) partials[i % PARTIALS] = i;
  },
});
