// ReST-MCTS*: the quality value of a partial solution. A step from which a right answer can be reached (+1) closes part of
// the distance to 1, the more the fewer steps remain; one from which none can (−1) gives as much away.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/reachable_value.wgsl?raw';

export const reachableValue = defineKernel({
  name: 'credit/reachable_value',
  bindings: { rest: read('f32'), reachable: read('f32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', steps: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ rest, reachable, step_count, y }, { answers, steps }) {
    y.fill(0, 0, answers * steps);
    for (let n = 0; n < answers; n++) {
      let value = 0;
      for (let i = n * steps; i < n * steps + step_count[n]!; i++) {
        value = Math.max(0, value + (1 - value) * reachable[i]! / (rest[i]! + 1));
        y[i] = value;
      }
    }
  },
});
