// RMSNorm (Zhang and Sennrich, 2019): y = x * weight / sqrt(mean(x^2) + epsilon), row by row.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/rmsnorm.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/rmsnorm_vec4.wgsl?raw';

export const rmsnorm = defineKernel({
  name: 'transformer/rmsnorm',
  bindings: { x: read('f32'), weight: read('f32'), y: readWrite('f32'), inverse_rms: readWrite('f32') },
  uniforms: { rows: 'u32', epsilon: 'f32' },
  constants: { WIDTH: 'u32' },
  variants: [
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['x', 'weight', 'y'],
      supports: ({ WIDTH }) => WIDTH! % 4 === 0,
      workgroups: ({ rows }) => grid(rows!),
    },
    { name: 'simple', wgsl, workgroups: ({ rows }) => grid(rows!) },
  ],
  twin({ x, weight, y, inverse_rms }, { rows, epsilon, WIDTH }) {
    for (let row = 0; row < rows; row++) {
      const first = row * WIDTH;
      let squares = 0;
      for (let j = 0; j < WIDTH; j++) squares += x[first + j]! * x[first + j]!;
      const inverse = 1 / Math.sqrt(squares / WIDTH + epsilon);
      inverse_rms[row] = inverse;
      for (let j = 0; j < WIDTH; j++) y[first + j] = x[first + j]! * inverse * weight[j]!;
    }
  },
});
