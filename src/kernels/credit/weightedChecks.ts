// VeRPO's reward of a step: its passed checks, the rarely passed weighing more, and checks that are passed equally often
// sharing one weight.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/weighted_checks.wgsl?raw';

export const weightedChecks = defineKernel({
  name: 'credit/weighted_checks',
  bindings: { checks: read('f32'), rates: read('f32'), problem_of_answer: read('u32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', steps: 'u32', kinds: 'u32', alpha: 'f32', sigma: 'f32', delta: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, steps }) => grid(answers! * steps!) }],
  twin({ checks, rates, problem_of_answer, step_count, y }, { answers, steps, kinds, alpha, sigma, delta }) {
    y.fill(0, 0, answers * steps);
    for (let n = 0; n < answers; n++) {
      const own = rates.subarray(problem_of_answer[n]! * kinds, (problem_of_answer[n]! + 1) * kinds);
      const weights = Array.from(own, (rate) => Math.exp(-alpha * rate) / (own.reduce((sum, other) => sum + Math.exp(-((rate - other) ** 2) / (2 * sigma ** 2)), 0) + delta));
      for (let i = n * steps; i < n * steps + step_count[n]!; i++) y[i] = weights.reduce((sum, weight, c) => sum + weight * checks[i * kinds + c]!, 0);
    }
  },
});
