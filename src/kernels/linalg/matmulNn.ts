// Gradient of a linear layer's input: dx = dy w, or dx += dy w where accumulate is 1.

import { defineKernel, grid, read, readWrite, type Scalars, type Workgroups } from '../../gpu/kernel';
import { multiplyModule } from '../simd/multiply';
import { blockGrid } from './blockGrid';
import { addStridedProduct } from './stridedProduct';
import simple from '../../../shaders/linalg/matmul_nn.wgsl?raw';
import tile from '../../../shaders/linalg/matmul_nn_tile.wgsl?raw';
import blocked from '../../../shaders/linalg/matmul_nn_vec4.wgsl?raw';
import blockedAnyOut from '../../../shaders/linalg/matmul_nn_vec4_any_out.wgsl?raw';

/** Of blocks of 8 columns. */
const blockedWorkgroups = (rowsOfBlock: number) => ({ rows, IN }: Scalars): Workgroups => blockGrid(Math.ceil(rows! / rowsOfBlock) * Math.ceil(IN! / 8));

export const matmulNn = defineKernel({
  name: 'linalg/matmul_nn',
  bindings: { dy: read('f32'), w: read('f32'), dx: readWrite('f32') },
  uniforms: { rows: 'u32', accumulate: 'u32' },
  constants: { IN: 'u32', OUT: 'u32' },
  variants: [
    {
      name: 'vec4',
      wgsl: blocked,
      vec4: ['dy', 'w', 'dx'],
      uniformConstants: ['IN', 'OUT'],
      preferredOn: 'fallback',
      supports: ({ IN, OUT }) => IN! % 4 === 0 && OUT! % 4 === 0,
      workgroups: blockedWorkgroups(16),
    },
    {
      name: 'vec4_any_out',
      wgsl: blockedAnyOut,
      vec4: ['w', 'dx'],
      preferredOn: 'fallback',
      supports: ({ IN }) => IN! % 4 === 0,
      workgroups: blockedWorkgroups(8),
    },
    {
      name: 'tile',
      wgsl: tile,
      preferredOn: 'hardware',
      workgroups: ({ rows, IN }) => [Math.ceil(IN! / 32), Math.ceil(rows! / 32), 1],
    },
    { name: 'simple', wgsl: simple, workgroups: ({ rows, IN }) => grid(rows! * IN!) },
  ],
  twin({ dy, w, dx }, { rows, accumulate, IN, OUT }) {
    if (accumulate === 0) dx.fill(0, 0, rows * IN);
    addStridedProduct(dx, { data: dy, outer: OUT, inner: 1 }, { data: w, outer: 1, inner: IN }, rows, IN, OUT);
  },
  simd: {
    module: multiplyModule,
    run(context, { dy, w, dx }, { rows, accumulate, IN, OUT }) {
      const work = { parts: Math.ceil(rows / 4), operations: rows * IN * OUT };
      context.spread(multiplyModule, 'multiply', work, dy, OUT * 4, 4, w, IN * 4, dx, IN * 4, rows, IN, OUT, accumulate);
    },
  },
});
