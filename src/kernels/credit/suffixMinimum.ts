// The smallest value from here to the end of an answer: y_i = min(x_i, y_(i+1)) along its usable tokens or its steps.
// With padding_counts the elements left out enter as 0, as in the dense row of PURE's released code.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/suffix_minimum.wgsl?raw';
import { SHAPE } from './shapes';

export const suffixMinimum = defineKernel({
  name: 'credit/suffix_minimum',
  bindings: { x: read('f32'), mask: read('u32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', per_answer: 'u32', shape: 'u32', padding_counts: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ x, mask, step_count, y }, { answers, per_answer, shape, padding_counts }) {
    for (let n = 0; n < answers; n++) {
      let running: number | undefined;
      for (let index = per_answer - 1; index >= 0; index--) {
        const i = n * per_answer + index;
        const isUsed = shape === SHAPE.token ? mask[i] !== 0 : index < step_count[n]!;
        y[i] = 0;
        if (!isUsed && padding_counts === 0) continue;
        const value = isUsed ? x[i]! : 0;
        running = running === undefined || value < running ? value : running;
        if (isUsed) y[i] = running;
      }
    }
  },
});
