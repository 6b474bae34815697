// Return-to-go: y_t = x_t + discount * y_(t+1) along one answer's usable tokens or its steps. A token the mask leaves
// out is skipped; with reset it ends the sum instead, as verl's REINFORCE++ multiplies the running return by the mask.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/suffix_sum.wgsl?raw';
import { SHAPE } from './shapes';

export const suffixSum = defineKernel({
  name: 'credit/suffix_sum',
  bindings: { x: read('f32'), mask: read('u32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', per_answer: 'u32', shape: 'u32', reset: 'u32', discount: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ x, mask, step_count, y }, { answers, per_answer, shape, reset, discount }) {
    for (let n = 0; n < answers; n++) {
      let running = 0;
      for (let index = per_answer - 1; index >= 0; index--) {
        const i = n * per_answer + index;
        const isUsed = shape === SHAPE.token ? mask[i] !== 0 : index < step_count[n]!;
        if (isUsed) running = x[i]! + discount * running;
        else if (reset === 1) running = 0;
        y[i] = isUsed ? running : 0;
      }
    }
  },
});
