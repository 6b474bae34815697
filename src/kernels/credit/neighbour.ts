// What stands at the next or the previous step or usable token of the same answer, with a number of the answer's own
// (or a constant) beyond its end: V(s_t+1) beside V(s_t).

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/neighbour.wgsl?raw';
import { SHAPE } from './shapes';

export const neighbour = defineKernel({
  name: 'credit/neighbour',
  bindings: { x: read('f32'), edge: read('f32'), mask: read('u32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', per_answer: 'u32', shape: 'u32', forward: 'u32', has_edge: 'u32', edge_value: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ x, edge, mask, step_count, y }, { answers, per_answer, shape, forward, has_edge, edge_value }) {
    for (let n = 0; n < answers; n++) {
      let beside = has_edge === 1 ? edge[n]! : edge_value;
      for (let count = 0; count < per_answer; count++) {
        const index = forward === 1 ? per_answer - 1 - count : count;
        const i = n * per_answer + index;
        const isUsed = shape === SHAPE.token ? mask[i] !== 0 : index < step_count[n]!;
        y[i] = isUsed ? beside : 0;
        if (isUsed) beside = x[i]!;
      }
    }
  },
});
