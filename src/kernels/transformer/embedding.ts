// Token embedding: y[row] = table[tokens[row]]. Tokens are checked by the host; none reaches VOCAB.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/embedding.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/embedding_vec4.wgsl?raw';

export const embedding = defineKernel({
  name: 'transformer/embedding',
  bindings: { tokens: read('u32'), table: read('f32'), y: readWrite('f32') },
  uniforms: { rows: 'u32' },
  constants: { VOCAB: 'u32', WIDTH: 'u32' },
  variants: [
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['table', 'y'],
      supports: ({ WIDTH }) => WIDTH! % 4 === 0,
      workgroups: ({ rows, WIDTH }) => grid(rows! * WIDTH! / 4),
    },
    { name: 'simple', wgsl, workgroups: ({ rows, WIDTH }) => grid(rows! * WIDTH!) },
  ],
  twin({ tokens, table, y }, { rows, WIDTH }) {
    for (let row = 0; row < rows; row++) {
      const from = tokens[row]! * WIDTH;
      y.set(table.subarray(from, from + WIDTH), row * WIDTH);
    }
  },
});
