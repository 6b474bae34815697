// How likely the reference answer is before or after each step, before the first token, or after the whole answer, from the
// log-probabilities of its tokens there.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/reference_probe.wgsl?raw';

/** Codes of the shader. */
export const MEASURE = { sum: 0, mean: 1, expOfSum: 2, expOfMean: 3, meanOfExp: 4 } as const;
export const ENTRY = { beforeStep: 0, afterStep: 1, start: 2, whole: 3 } as const;

export const referenceProbe = defineKernel({
  name: 'credit/reference_probe',
  bindings: { logprobs: read('f32'), tokens: read('u32'), step_count: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', steps: 'u32', length: 'u32', measure: 'u32', entry: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, steps, entry }) => grid(answers! * (entry! < 2 ? steps! : 1)) }],
  twin({ logprobs, tokens, step_count, y }, { answers, steps, length, measure, entry }) {
    const at = (n: number, slot: number): number => {
      const from = (n * (steps + 2) + slot) * length;
      const own = Array.from(logprobs.subarray(from, from + tokens[n]!));
      if (own.length === 0) return 0;
      const mean = (values: number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
      switch (measure) {
        case MEASURE.sum: return mean(own) * own.length;
        case MEASURE.mean: return mean(own);
        case MEASURE.expOfSum: return Math.exp(mean(own) * own.length);
        case MEASURE.expOfMean: return Math.exp(mean(own));
        default: return mean(own.map(Math.exp));
      }
    };
    for (let n = 0; n < answers; n++) {
      if (entry === ENTRY.start) y[n] = at(n, 0);
      else if (entry === ENTRY.whole) y[n] = at(n, steps + 1);
      else for (let step = 0; step < steps; step++) y[n * steps + step] = step < step_count[n]! ? at(n, step + entry) : 0;
    }
  },
});
