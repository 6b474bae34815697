// Takes the same rows out of every sequence: y[b, t] = x[b, start + t], t < span. The head sees only answer positions.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/take_span.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/take_span_vec4.wgsl?raw';

export const takeSpan = defineKernel({
  name: 'transformer/take_span',
  bindings: { x: read('f32'), y: readWrite('f32') },
  uniforms: { batch: 'u32', length: 'u32', start: 'u32', span: 'u32' },
  constants: { WIDTH: 'u32' },
  variants: [
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['x', 'y'],
      supports: ({ WIDTH }) => WIDTH! % 4 === 0,
      workgroups: ({ batch, span, WIDTH }) => grid(batch! * span! * WIDTH! / 4),
    },
    { name: 'simple', wgsl, workgroups: ({ batch, span, WIDTH }) => grid(batch! * span! * WIDTH!) },
  ],
  twin({ x, y }, { batch, length, start, span, WIDTH }) {
    for (let b = 0; b < batch; b++) {
      const from = (b * length + start) * WIDTH;
      y.set(x.subarray(from, from + span * WIDTH), b * span * WIDTH);
    }
  },
});
