// How often each binary check of a step is passed, over all steps of a problem's answers (VeRPO).

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/check_rates.wgsl?raw';

export const checkRates = defineKernel({
  name: 'credit/check_rates',
  bindings: { checks: read('f32'), problem_of_answer: read('u32'), step_count: read('u32'), rates: readWrite('f32') },
  uniforms: { answers: 'u32', problems: 'u32', steps: 'u32', kinds: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ problems, kinds }) => grid(problems! * kinds!) }],
  twin({ checks, problem_of_answer, step_count, rates }, { answers, problems, steps, kinds }) {
    const counts = new Uint32Array(problems);
    rates.fill(0, 0, problems * kinds);
    for (let n = 0; n < answers; n++) {
      const problem = problem_of_answer[n]!;
      counts[problem]! += step_count[n]!;
      for (let i = 0; i < step_count[n]! * kinds; i++) rates[problem * kinds + (i % kinds)]! += checks[n * steps * kinds + i]!;
    }
    for (let i = 0; i < problems * kinds; i++) rates[i]! /= Math.max(1, counts[Math.floor(i / kinds)]!);
  },
});
