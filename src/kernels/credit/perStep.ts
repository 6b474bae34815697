// From a number a token to a number a step: the sum, mean, count, first or last of the step's usable tokens.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/per_step.wgsl?raw';

/** Codes of the shader. */
export const PER_STEP = { sum: 0, mean: 1, count: 2, first: 3, last: 4 } as const;
export type PerStepName = keyof typeof PER_STEP;

export const perStep = defineKernel({
  name: 'credit/per_step',
  bindings: { x: read('f32'), step_of_token: read('i32'), step_count: read('u32'), mask: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', width: 'u32', steps: 'u32', which: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, steps }) => grid(answers! * steps!) }],
  twin({ x, step_of_token, step_count, mask, y }, { answers, width, steps, which }) {
    for (let n = 0; n < answers; n++) {
      const tokens: number[][] = Array.from({ length: steps }, () => []);
      for (let i = n * width; i < (n + 1) * width; i++) if (mask[i] !== 0 && step_of_token[i]! >= 0) tokens[step_of_token[i]!]!.push(x[i]!);
      for (let step = 0; step < steps; step++) {
        const own = step < step_count[n]! ? tokens[step]! : [];
        const sum = own.reduce((total, one) => total + one, 0);
        switch (which) {
          case PER_STEP.sum: y[n * steps + step] = sum; break;
          case PER_STEP.mean: y[n * steps + step] = own.length === 0 ? 0 : sum / own.length; break;
          case PER_STEP.count: y[n * steps + step] = own.length; break;
          case PER_STEP.first: y[n * steps + step] = own[0] ?? 0; break;
          case PER_STEP.last: y[n * steps + step] = own.at(-1) ?? 0; break;
        }
      }
    }
  },
});
