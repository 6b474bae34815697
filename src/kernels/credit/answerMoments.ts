// First stage of every statistic over credit values: what one answer contributes, from its own number, its steps or its
// usable tokens. Deviations are taken from the answer's first value, so equal values give exactly no spread in float32.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/answer_moments.wgsl?raw';
import { SHAPE } from './shapes';

/** Fields of one answer's entry, in this order. */
export const MOMENT = { count: 0, sum: 1, mean: 2, squares: 3, minimum: 4, maximum: 5, nonZero: 6 } as const;
export const MOMENT_FIELDS = 7;

export const answerMoments = defineKernel({
  name: 'credit/answer_moments',
  bindings: { x: read('f32'), mask: read('u32'), step_count: read('u32'), moments: readWrite('f32') },
  uniforms: { answers: 'u32', width: 'u32', steps: 'u32', shape: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ x, mask, step_count, moments }, { answers, width, steps, shape }) {
    const perAnswer = shape === SHAPE.token ? width : shape === SHAPE.step ? steps : 1;
    for (let n = 0; n < answers; n++) {
      const from = n * perAnswer;
      const isUsed = (i: number): boolean => (shape === SHAPE.token ? mask[i] !== 0 : shape !== SHAPE.step || i - from < step_count[n]!);
      let [count, first, sum, deviation, minimum, maximum, nonZero] = [0, 0, 0, 0, 0, 0, 0];
      for (let i = from; i < from + perAnswer; i++) {
        if (!isUsed(i)) continue;
        const value = x[i]!;
        if (count === 0) first = minimum = maximum = value;
        count++;
        sum += value;
        deviation += value - first;
        if (value < minimum) minimum = value;
        if (value > maximum) maximum = value;
        if (value !== 0) nonZero++;
      }
      const mean = count === 0 ? 0 : first + deviation / count;
      let squares = 0;
      for (let i = from; i < from + perAnswer; i++) if (isUsed(i)) squares += (x[i]! - mean) ** 2;
      moments.set([count, sum, mean, squares, minimum, maximum, nonZero], n * MOMENT_FIELDS);
    }
  },
});
