// Gradient of a bias: sums[j] += sum over rows of x[row, j].

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/linalg/column_sum.wgsl?raw';

export const columnSum = defineKernel({
  name: 'linalg/column_sum',
  bindings: { x: read('f32'), sums: readWrite('f32') },
  uniforms: { rows: 'u32' },
  constants: { WIDTH: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ WIDTH }) => grid(WIDTH!) }],
  twin({ x, sums }, { rows, WIDTH }) {
    const totals = new Float64Array(WIDTH);
    for (let row = 0, at = 0; row < rows; row++) for (let j = 0; j < WIDTH; j++, at++) totals[j]! += x[at]!;
    for (let j = 0; j < WIDTH; j++) sums[j]! += totals[j]!;
  },
});
