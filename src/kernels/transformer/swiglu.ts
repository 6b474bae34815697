// SwiGLU (Shazeer, "GLU variants improve transformer", 2020): y = silu(gate) * up, element by element.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { attentionModule } from '../simd/attention';
import wgsl from '../../../shaders/transformer/swiglu.wgsl?raw';
import wgslFour from '../../../shaders/transformer/swiglu_four.wgsl?raw';

/** multiply-adds of one exponential and what is around it, roughly */
export const SILU_OPERATIONS = 10;

export const swiglu = defineKernel({
  name: 'transformer/swiglu',
  bindings: { gate: read('f32'), up: read('f32'), y: readWrite('f32') },
  uniforms: { count: 'u32' },
  constants: {},
  variants: [
    { name: 'four', wgsl: wgslFour, preferredOn: 'fallback', workgroups: ({ count }) => grid(Math.ceil(count! / 4)) },
    { name: 'simple', wgsl, workgroups: ({ count }) => grid(count!) },
  ],
  twin({ gate, up, y }, { count }) {
    for (let i = 0; i < count; i++) y[i] = (gate[i]! / (1 + Math.exp(-gate[i]!))) * up[i]!;
  },
  simd: {
    module: attentionModule,
    run(context, { gate, up, y }, { count }) {
      context.spread(attentionModule, 'swiglu', { parts: Math.ceil(count / 4), operations: SILU_OPERATIONS * count }, gate, up, y, count);
    },
  },
});
