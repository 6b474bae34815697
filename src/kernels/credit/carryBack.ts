// The backward recurrence y_i = x_i + factor_i * y_(i+1) along an answer's steps or usable tokens, each place with its own
// factor: a return whose discount stops at segment ends, or generalised advantages over chunks of tokens.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/carry_back.wgsl?raw';
import { SHAPE } from './shapes';

export const carryBack = defineKernel({
  name: 'credit/carry_back',
  bindings: { x: read('f32'), factor: read('f32'), mask: read('u32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', per_answer: 'u32', shape: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ x, factor, mask, step_count, y }, { answers, per_answer, shape }) {
    for (let n = 0; n < answers; n++) {
      let running = 0;
      for (let index = per_answer - 1; index >= 0; index--) {
        const i = n * per_answer + index;
        const isUsed = shape === SHAPE.token ? mask[i] !== 0 : index < step_count[n]!;
        if (isUsed) running = x[i]! + factor[i]! * running;
        y[i] = isUsed ? running : 0;
      }
    }
  },
});
