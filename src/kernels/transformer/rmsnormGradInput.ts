// RMSNorm, gradient of the input: dx_j (+)= r w_j dy_j - x_j r^3 / WIDTH * sum_k w_k dy_k x_k, r = inverse_rms[row].

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/rmsnorm_grad_input.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/rmsnorm_grad_input_vec4.wgsl?raw';

export const rmsnormGradInput = defineKernel({
  name: 'transformer/rmsnorm_grad_input',
  bindings: { x: read('f32'), weight: read('f32'), inverse_rms: read('f32'), dy: read('f32'), dx: readWrite('f32') },
  uniforms: { rows: 'u32', accumulate: 'u32' },
  constants: { WIDTH: 'u32' },
  variants: [
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['x', 'weight', 'dy', 'dx'],
      supports: ({ WIDTH }) => WIDTH! % 4 === 0,
      workgroups: ({ rows }) => grid(rows!),
    },
    { name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) },
  ],
  twin({ x, weight, inverse_rms, dy, dx }, { rows, accumulate, WIDTH }) {
    for (let row = 0; row < rows; row++) {
      const first = row * WIDTH;
      let product = 0;
      for (let j = 0; j < WIDTH; j++) product += weight[j]! * dy[first + j]! * x[first + j]!;
      const inverse = inverse_rms[row]!;
      const along = inverse ** 3 * product / WIDTH;
      for (let j = 0; j < WIDTH; j++) {
        const before = accumulate === 0 ? 0 : dx[first + j]!;
        dx[first + j] = before + inverse * weight[j]! * dy[first + j]! - along * x[first + j]!;
      }
    }
  },
});
