// Places by size within an answer: 0 for the largest (or smallest) of its usable tokens or steps, ties to the earlier one.
// Shape `answer` ranks all numbers of an answer's row (such as one a head), whatever mask and steps say.
// "The top 40 %" is a comparison with it.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/rank.wgsl?raw';
import { SHAPE } from './shapes';

export const rank = defineKernel({
  name: 'credit/rank',
  bindings: { x: read('f32'), mask: read('u32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', per_answer: 'u32', shape: 'u32', descending: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, per_answer }) => grid(answers! * per_answer!) }],
  twin({ x, mask, step_count, y }, { answers, per_answer, shape, descending }) {
    y.fill(0, 0, answers * per_answer);
    const sign = descending === 1 ? -1 : 1;
    for (let n = 0; n < answers; n++) {
      const used: number[] = [];
      for (let index = 0; index < per_answer; index++) {
        const i = n * per_answer + index;
        if (shape === SHAPE.answer || (shape === SHAPE.token ? mask[i] !== 0 : index < step_count[n]!)) used.push(i);
      }
      used.sort((i, j) => (x[i] === x[j] ? i - j : sign * (x[i]! - x[j]!)));
      used.forEach((i, place) => { y[i] = place; });
    }
  },
});
