// What has come so far: y_i = x_i + discount * y_(i-1) along one answer's usable tokens or its steps. Of ones it is the
// place in the answer, counted from 1.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/prefix_sum.wgsl?raw';
import { SHAPE } from './shapes';

export const prefixSum = defineKernel({
  name: 'credit/prefix_sum',
  bindings: { x: read('f32'), mask: read('u32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', per_answer: 'u32', shape: 'u32', discount: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ x, mask, step_count, y }, { answers, per_answer, shape, discount }) {
    for (let n = 0; n < answers; n++) {
      let running = 0;
      for (let index = 0; index < per_answer; index++) {
        const i = n * per_answer + index;
        const isUsed = shape === SHAPE.token ? mask[i] !== 0 : index < step_count[n]!;
        if (isUsed) running = x[i]! + discount * running;
        y[i] = isUsed ? running : 0;
      }
    }
  },
});
