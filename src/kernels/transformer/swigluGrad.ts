// Gradients of SwiGLU: with s = sigmoid(gate), dgate = dy * up * s * (1 + gate * (1 - s)) and dup = dy * gate * s.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { attentionModule } from '../simd/attention';
import { SILU_OPERATIONS } from './swiglu';
import wgsl from '../../../shaders/transformer/swiglu_grad.wgsl?raw';
import wgslFour from '../../../shaders/transformer/swiglu_grad_four.wgsl?raw';

export const swigluGrad = defineKernel({
  name: 'transformer/swiglu_grad',
  bindings: { gate: read('f32'), up: read('f32'), dy: read('f32'), dgate: readWrite('f32'), dup: readWrite('f32') },
  uniforms: { count: 'u32' },
  constants: {},
  variants: [
    { name: 'four', wgsl: wgslFour, preferredOn: 'fallback', workgroups: ({ count }) => grid(Math.ceil(count! / 4)) },
    { name: 'simple', wgsl, workgroups: ({ count }) => grid(count!) },
  ],
  twin({ gate, up, dy, dgate, dup }, { count }) {
    for (let i = 0; i < count; i++) {
      const g = gate[i]!;
      const s = 1 / (1 + Math.exp(-g));
      dgate[i] = dy[i]! * up[i]! * s * (1 + g * (1 - s));
      dup[i] = dy[i]! * g * s;
    }
  },
  simd: {
    module: attentionModule,
    run(context, { gate, up, dy, dgate, dup }, { count }) {
      context.spread(attentionModule, 'swigluGrad', { parts: Math.ceil(count / 4), operations: SILU_OPERATIONS * count }, gate, up, dy, dgate, dup, count);
    },
  },
});
