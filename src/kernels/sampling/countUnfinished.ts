// How many answers still lack their stop token.

import { defineKernel, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/sampling/count_unfinished.wgsl?raw';

export const countUnfinished = defineKernel({
  name: 'sampling/count_unfinished',
  bindings: { finished: read('u32'), count: readWrite('u32') },
  uniforms: { rows: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: () => [1, 1, 1] }],
  twin({ finished, count }, { rows }) {
    count[0] = finished.subarray(0, rows).filter((one) => one === 0).length;
  },
});
