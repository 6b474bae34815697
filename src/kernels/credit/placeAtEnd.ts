// Where a reward lands: an answer's number on its last usable token, or each step's number on the step's last usable
// token; every other token gets 0. An answer without usable tokens has no place for a reward.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/place_at_end.wgsl?raw';
import { SHAPE } from './shapes';

export const placeAtEnd = defineKernel({
  name: 'credit/place_at_end',
  bindings: { x: read('f32'), step_of_token: read('i32'), mask: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', width: 'u32', steps: 'u32', shape: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ x, step_of_token, mask, y }, { answers, width, steps, shape }) {
    for (let n = 0; n < answers; n++) {
      let following = -1;
      let isLast = true;
      for (let i = (n + 1) * width - 1; i >= n * width; i--) {
        y[i] = 0;
        if (mask[i] === 0) continue;
        const step = step_of_token[i]!;
        if (shape === SHAPE.answer && isLast) y[i] = x[n]!;
        if (shape === SHAPE.step && step >= 0 && step !== following) y[i] = x[n * steps + step]!;
        isLast = false;
        following = step;
      }
    }
  },
});
