// RMSNorm, gradient of the weight: dweight_j += sum over rows of dy_j x_j inverse_rms[row].

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/rmsnorm_grad_weight.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/rmsnorm_grad_weight_vec4.wgsl?raw';

export const rmsnormGradWeight = defineKernel({
  name: 'transformer/rmsnorm_grad_weight',
  bindings: { x: read('f32'), inverse_rms: read('f32'), dy: read('f32'), dweight: readWrite('f32') },
  uniforms: { rows: 'u32' },
  constants: { WIDTH: 'u32' },
  variants: [
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['x', 'dy', 'dweight'],
      supports: ({ WIDTH }) => WIDTH! % 4 === 0,
      workgroups: ({ WIDTH }) => grid(WIDTH! / 4),
    },
    { name: 'simple', wgsl, workgroups: ({ WIDTH }) => grid(WIDTH!) },
  ],
  twin({ x, inverse_rms, dy, dweight }, { rows, WIDTH }) {
    const sums = new Float64Array(WIDTH);
    for (let row = 0; row < rows; row++) {
      const inverse = inverse_rms[row]!;
      const first = row * WIDTH;
      for (let j = 0; j < WIDTH; j++) sums[j]! += dy[first + j]! * x[first + j]! * inverse;
    }
    for (let j = 0; j < WIDTH; j++) dweight[j]! += sums[j]!;
  },
});
