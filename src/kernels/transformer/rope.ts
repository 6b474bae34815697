// Rotary position embedding (Su et al., 2021) in the half-split layout of Hugging Face models:
// (x_d, x_{d+h}) -> (x_d cos - x_{d+h} sin, x_{d+h} cos + x_d sin), h = HEAD_DIM / 2, at position max(0, positions[row] + offset).
// The table is made by the host in double precision: cosines in the first half of a row, sines in the second.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/rope.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/rope_vec4.wgsl?raw';

export const rope = defineKernel({
  name: 'transformer/rope',
  bindings: { x: read('f32'), positions: read('i32'), table: read('f32'), y: readWrite('f32') },
  uniforms: { rows: 'u32', offset: 'i32', sign: 'f32' },
  constants: { HEADS: 'u32', HEAD_DIM: 'u32' },
  variants: [
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['x', 'table', 'y'],
      supports: ({ HEAD_DIM }) => HEAD_DIM! % 8 === 0,
      workgroups: ({ rows, HEADS, HEAD_DIM }) => grid(rows! * HEADS! * HEAD_DIM! / 8),
    },
    { name: 'simple', wgsl, workgroups: ({ rows, HEADS, HEAD_DIM }) => grid(rows! * HEADS! * HEAD_DIM! / 2) },
  ],
  twin({ x, positions, table, y }, { rows, offset, sign, HEADS, HEAD_DIM }) {
    const half = HEAD_DIM / 2;
    for (let row = 0; row < rows; row++) {
      const angles = Math.max(0, positions[row]! + offset) * HEAD_DIM;
      for (let head = 0; head < HEADS; head++) {
        const first = (row * HEADS + head) * HEAD_DIM;
        for (let d = 0; d < half; d++) {
          const cosine = table[angles + d]!;
          const sine = sign * table[angles + half + d]!;
          const low = x[first + d]!;
          const high = x[first + half + d]!;
          y[first + d] = low * cosine - high * sine;
          y[first + half + d] = high * cosine + low * sine;
        }
      }
    }
  },
});
