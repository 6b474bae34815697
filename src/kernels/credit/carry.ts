// The recurrence y_i = x_i + factor_i * y_j along an answer's steps or usable tokens, each place with its own factor, from the
// end (j the next place) or from the start (j the previous one): a return whose discount stops at segment ends, generalised
// advantages over chunks of tokens, a sum within a chunk.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/carry.wgsl?raw';
import { SHAPE } from './shapes';

export const carry = defineKernel({
  name: 'credit/carry',
  bindings: { x: read('f32'), factor: read('f32'), mask: read('u32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', per_answer: 'u32', shape: 'u32', forward: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ x, factor, mask, step_count, y }, { answers, per_answer, shape, forward }) {
    for (let n = 0; n < answers; n++) {
      let running = 0;
      for (let count = 0; count < per_answer; count++) {
        const index = forward === 1 ? count : per_answer - 1 - count;
        const i = n * per_answer + index;
        const isUsed = shape === SHAPE.token ? mask[i] !== 0 : index < step_count[n]!;
        if (isUsed) running = x[i]! + factor[i]! * running;
        y[i] = isUsed ? running : 0;
      }
    }
  },
});
