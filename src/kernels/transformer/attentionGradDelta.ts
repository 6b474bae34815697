// First step of attention's backward pass: statistics[row, head, 1] = d_o.o, the part of the softmax gradient that all
// keys of a query share (Dao et al., FlashAttention, 2022, section 3.1).

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/attention_grad_delta.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/attention_grad_delta_vec4.wgsl?raw';

export const attentionGradDelta = defineKernel({
  name: 'transformer/attention_grad_delta',
  bindings: { d_o: read('f32'), o: read('f32'), statistics: readWrite('f32') },
  uniforms: { rows: 'u32' },
  constants: { HEADS: 'u32', HEAD_DIM: 'u32' },
  variants: [
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['d_o', 'o'],
      supports: ({ HEAD_DIM }) => HEAD_DIM! % 4 === 0,
      workgroups: ({ rows, HEADS }) => grid(rows! * HEADS!),
    },
    { name: 'simple', wgsl, workgroups: ({ rows, HEADS }) => grid(rows! * HEADS!) },
  ],
  twin({ d_o, o, statistics }, { rows, HEADS, HEAD_DIM }) {
    for (let i = 0; i < rows * HEADS; i++) {
      let delta = 0;
      for (let d = i * HEAD_DIM; d < (i + 1) * HEAD_DIM; d++) delta += d_o[d]! * o[d]!;
      statistics[i * 2 + 1] = delta;
    }
  },
});
