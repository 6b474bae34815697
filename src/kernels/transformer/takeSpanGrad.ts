// Backward of takeSpan: dx[b, start + t] = dy[b, t], zero outside the span.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/take_span_grad.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/take_span_grad_vec4.wgsl?raw';

export const takeSpanGrad = defineKernel({
  name: 'transformer/take_span_grad',
  bindings: { dy: read('f32'), dx: readWrite('f32') },
  uniforms: { batch: 'u32', length: 'u32', start: 'u32', span: 'u32' },
  constants: { WIDTH: 'u32' },
  variants: [
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['dy', 'dx'],
      supports: ({ WIDTH }) => WIDTH! % 4 === 0,
      workgroups: ({ batch, length, WIDTH }) => grid(batch! * length! * WIDTH! / 4),
    },
    { name: 'simple', wgsl, workgroups: ({ batch, length, WIDTH }) => grid(batch! * length! * WIDTH!) },
  ],
  twin({ dy, dx }, { batch, length, start, span, WIDTH }) {
    dx.fill(0, 0, batch * length * WIDTH);
    for (let b = 0; b < batch; b++) {
      dx.set(dy.subarray(b * span * WIDTH, (b + 1) * span * WIDTH), (b * length + start) * WIDTH);
    }
  },
});
