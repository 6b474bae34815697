// Gradient of a linear layer's weights: dw += dy^T x, a sum over all rows of the batch.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { multiplyModule } from '../simd/multiply';
import { blockGrid } from './blockGrid';
import { addStridedProduct } from './stridedProduct';
import simple from '../../../shaders/linalg/matmul_tn.wgsl?raw';
import tile from '../../../shaders/linalg/matmul_tn_tile.wgsl?raw';
import blocked from '../../../shaders/linalg/matmul_tn_vec4.wgsl?raw';
import blockedAnyOut from '../../../shaders/linalg/matmul_tn_vec4_any_out.wgsl?raw';

export const matmulTn = defineKernel({
  name: 'linalg/matmul_tn',
  bindings: { dy: read('f32'), x: read('f32'), dw: readWrite('f32') },
  uniforms: { rows: 'u32' },
  constants: { IN: 'u32', OUT: 'u32' },
  variants: [
    {
      name: 'vec4',
      wgsl: blocked,
      vec4: ['dy', 'x', 'dw'],
      uniformConstants: ['IN', 'OUT'],
      preferredOn: 'fallback',
      supports: ({ IN, OUT }) => IN! % 4 === 0 && OUT! % 4 === 0,
      workgroups: ({ IN, OUT }) => blockGrid(Math.ceil(IN! / 16) * Math.ceil(OUT! / 16)),
    },
    {
      name: 'vec4_any_out',
      wgsl: blockedAnyOut,
      vec4: ['x', 'dw'],
      preferredOn: 'fallback',
      supports: ({ IN }) => IN! % 4 === 0,
      workgroups: ({ IN, OUT }) => [Math.ceil(IN! / 64), Math.ceil(OUT! / 8), 1],
    },
    {
      name: 'tile',
      wgsl: tile,
      preferredOn: 'hardware',
      supports: ({ IN, OUT }) => IN! * OUT! >= 256 * 256, // fewer tiles than 64 leave a GPU idle; simple has more invocations
      workgroups: ({ IN, OUT }) => [Math.ceil(IN! / 32), Math.ceil(OUT! / 32), 1],
    },
    { name: 'simple', wgsl: simple, workgroups: ({ IN, OUT }) => grid(IN! * OUT!) },
  ],
  twin({ dy, x, dw }, { rows, IN, OUT }) {
    addStridedProduct(dw, { data: dy, outer: 1, inner: OUT }, { data: x, outer: 1, inner: IN }, OUT, IN, rows);
  },
  simd: {
    module: multiplyModule,
    run(context, { dy, x, dw }, { rows, IN, OUT }) {
      const work = { parts: Math.ceil(OUT / 4), operations: rows * IN * OUT };
      context.spread(multiplyModule, 'multiply', work, dy, 4, OUT * 4, x, IN * 4, dw, IN * 4, OUT, IN, rows, 1);
    },
  },
});
