// AdamW over a flat buffer, reading the clip scale and the non-finite flag that optim/norm_finish left; decoupled decay, uniform
// over the buffer. For training without clipping run the norm kernels with maximum 0: the flag is still wanted.
// Fixtures: optimizer.json adamw/*: one call a step with adamwScalars(step from 1, learningRateAt(schedule, step - 1), ...).

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/optim/adamw.wgsl?raw';

export const adamw = defineKernel({
  name: 'optim/adamw',
  bindings: {
    parameters: readWrite('f32'), gradients: read('f32'), first_moment: readWrite('f32'), second_moment: readWrite('f32'), norm: read('f32'),
  },
  uniforms: {
    count: 'u32', learning_rate: 'f32', decay: 'f32', beta1: 'f32', rest1: 'f32', beta2: 'f32', rest2: 'f32',
    correction1: 'f32', correction2: 'f32', epsilon: 'f32',
  },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ count }) => grid(count!) }],
  twin({ parameters, gradients, first_moment, second_moment, norm }, scalars) {
    if (norm[2] !== 0) return;
    const { count, learning_rate, decay, beta1, rest1, beta2, rest2, correction1, correction2, epsilon } = scalars;
    for (let i = 0; i < count; i++) {
      const gradient = gradients[i]! * norm[1]!;
      const first = beta1 * first_moment[i]! + rest1 * gradient;
      const second = beta2 * second_moment[i]! + rest2 * gradient * gradient;
      first_moment[i] = first;
      second_moment[i] = second;
      const decayed = parameters[i]! - decay * parameters[i]!;
      parameters[i] = decayed - (learning_rate * (first / correction1)) / (Math.sqrt(second / correction2) + epsilon);
    }
  },
});

export interface AdamwOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** All uniforms of optim/adamw but `count`, for the step-th update counted from 1; worked out in float64. */
export function adamwScalars(step: number, { learningRate, beta1, beta2, epsilon, weightDecay }: AdamwOptions) {
  if (!Number.isSafeInteger(step) || step < 1) throw new RangeError(`AdamW steps count from 1, not ${step}`);
  return {
    learning_rate: learningRate, decay: learningRate * weightDecay, beta1, rest1: 1 - beta1, beta2, rest2: 1 - beta2,
    correction1: 1 - beta1 ** step, correction2: 1 - beta2 ** step, epsilon,
  };
}
