// Gradient of a linear layer's weights: dw += dy^T x, a sum over all rows of the batch.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { addStridedProduct } from './stridedProduct';
import simple from '../../../shaders/linalg/matmul_tn.wgsl?raw';

export const matmulTn = defineKernel({
  name: 'linalg/matmul_tn',
  bindings: { dy: read('f32'), x: read('f32'), dw: readWrite('f32') },
  uniforms: { rows: 'u32' },
  constants: { IN: 'u32', OUT: 'u32' },
  variants: [{ name: 'simple', wgsl: simple, workgroups: ({ IN, OUT }) => grid(IN! * OUT!) }],
  twin({ dy, x, dw }, { rows, IN, OUT }) {
    addStridedProduct(dw, { data: dy, outer: 1, inner: OUT }, { data: x, outer: 1, inner: IN }, OUT, IN, rows);
  },
});
