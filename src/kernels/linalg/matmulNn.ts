// Gradient of a linear layer's input: dx = dy w, or dx += dy w where accumulate is 1.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { addStridedProduct } from './stridedProduct';
import simple from '../../../shaders/linalg/matmul_nn.wgsl?raw';

export const matmulNn = defineKernel({
  name: 'linalg/matmul_nn',
  bindings: { dy: read('f32'), w: read('f32'), dx: readWrite('f32') },
  uniforms: { rows: 'u32', accumulate: 'u32' },
  constants: { IN: 'u32', OUT: 'u32' },
  variants: [{ name: 'simple', wgsl: simple, workgroups: ({ rows, IN }) => grid(rows! * IN!) }],
  twin({ dy, w, dx }, { rows, accumulate, IN, OUT }) {
    if (accumulate === 0) dx.fill(0, 0, rows * IN);
    addStridedProduct(dx, { data: dy, outer: OUT, inner: 1 }, { data: w, outer: 1, inner: IN }, rows, IN, OUT);
  },
});
