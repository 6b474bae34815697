// Second stage of a statistic: the moments of a set of answers (one answer, the answers of a problem, the whole batch)
// combined as by Chan, Golub and LeVeque (1979), with the first non-empty answer's mean subtracted first.
// A set without spread has mean = its value and std = 0 exactly; a set with fewer than ddof + 1 values has std 0.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/combine_moments.wgsl?raw';
import { MOMENT, MOMENT_FIELDS } from './answerMoments';

/** Codes of the shader. `second` is the second largest of the answers' maxima, ties counted twice; alone, the largest. */
export const STATISTIC = { mean: 0, std: 1, variance: 2, sum: 3, count: 4, minimum: 5, maximum: 6, second: 7, nonZero: 8 } as const;
export type StatisticName = keyof typeof STATISTIC;

export const OVER = { answer: 0, problem: 1, batch: 2 } as const;
export type Over = keyof typeof OVER;

export const combineMoments = defineKernel({
  name: 'credit/combine_moments',
  bindings: { moments: read('f32'), problem_of_answer: read('u32'), y: readWrite('f32') },
  uniforms: { sets: 'u32', answers: 'u32', over: 'u32', statistic: 'u32', ddof: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ sets }) => grid(sets!) }],
  twin({ moments, problem_of_answer, y }, { sets, answers, over, statistic, ddof }) {
    const field = (n: number, name: keyof typeof MOMENT): number => moments[n * MOMENT_FIELDS + MOMENT[name]]!;
    for (let set = 0; set < sets; set++) {
      const members: number[] = [];
      for (let n = 0; n < answers; n++) {
        const isMember = over === OVER.batch || (over === OVER.problem ? problem_of_answer[n] === set : n === set);
        if (isMember && field(n, 'count') > 0) members.push(n);
      }
      const total = (value: (n: number) => number): number => members.reduce((sum, n) => sum + value(n), 0);
      const count = total((n) => field(n, 'count'));
      const first = members[0];
      if (first === undefined) { y[set] = 0; continue; }
      const reference = field(first, 'mean');
      const mean = reference + total((n) => field(n, 'count') * (field(n, 'mean') - reference)) / count;
      const squares = total((n) => field(n, 'squares') + field(n, 'count') * (field(n, 'mean') - mean) ** 2);
      const variance = count > ddof ? squares / (count - ddof) : 0;
      const maxima = members.map((n) => field(n, 'maximum')).sort((left, right) => right - left);
      switch (statistic) {
        case STATISTIC.mean: y[set] = mean; break;
        case STATISTIC.std: y[set] = Math.sqrt(variance); break;
        case STATISTIC.variance: y[set] = variance; break;
        case STATISTIC.sum: y[set] = total((n) => field(n, 'sum')); break;
        case STATISTIC.count: y[set] = count; break;
        case STATISTIC.minimum: y[set] = Math.min(...members.map((n) => field(n, 'minimum'))); break;
        case STATISTIC.maximum: y[set] = maxima[0]!; break;
        case STATISTIC.second: y[set] = maxima[1] ?? maxima[0]!; break;
        case STATISTIC.nonZero: y[set] = total((n) => field(n, 'nonZero')); break;
      }
    }
  },
});
