// Gradient of the embedding table: dtable[v] += sum of dy[row] over the rows whose token is v.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/embedding_grad.wgsl?raw';
import wgslColumn from '../../../shaders/transformer/embedding_grad_column.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/embedding_grad_vec4.wgsl?raw';

export const embeddingGrad = defineKernel({
  name: 'transformer/embedding_grad',
  bindings: { tokens: read('u32'), dy: read('f32'), dtable: readWrite('f32') },
  uniforms: { rows: 'u32' },
  constants: { VOCAB: 'u32', WIDTH: 'u32' },
  variants: [
    {
      name: 'column', wgsl: wgslColumn, vec4: ['dy', 'dtable'], preferredOn: 'fallback',
      supports: ({ WIDTH }) => WIDTH! % 4 === 0,
      workgroups: ({ WIDTH }) => grid(WIDTH! / 4),
    },
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['dy', 'dtable'],
      supports: ({ WIDTH }) => WIDTH! % 4 === 0,
      workgroups: ({ VOCAB, WIDTH }) => grid(VOCAB! * WIDTH! / 4),
    },
    { name: 'simple', wgsl, workgroups: ({ VOCAB, WIDTH }) => grid(VOCAB! * WIDTH!) },
  ],
  twin({ tokens, dy, dtable }, { rows, WIDTH }) {
    for (let row = 0; row < rows; row++) {
      const from = row * WIDTH;
      const to = tokens[row]! * WIDTH;
      for (let column = 0; column < WIDTH; column++) dtable[to + column]! += dy[from + column]!;
    }
  },
});
