// A statistic over the sets of a partition (the answers that share a prefix, the steps from one state, ...), written to
// every place of its set. Work is proportional to the places, not to sets times places: sets are lists of places.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/set_statistic.wgsl?raw';

/** Codes of the shader. `first` marks the first counted place of each set. */
export const SET_STATISTIC = { mean: 0, std: 1, variance: 2, sum: 3, count: 4, minimum: 5, maximum: 6, nonZero: 7, first: 8 } as const;
export type SetStatisticName = keyof typeof SET_STATISTIC;

export const setStatistic = defineKernel({
  name: 'credit/set_statistic',
  bindings: { x: read('f32'), counted: read('f32'), order: read('u32'), start: read('u32'), y: readWrite('f32') },
  uniforms: { places: 'u32', statistic: 'u32', has_counted: 'u32', ddof: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ places }) => grid(places!) }],
  twin({ x, counted, order, start, y }, { places, statistic, has_counted, ddof }) {
    for (let set = 0; set < places; set++) {
      const members = order.subarray(start[set]!, start[set + 1]!);
      const entering = Array.from(members).filter((place) => has_counted === 0 || counted[place] !== 0);
      const values = entering.map((place) => x[place]!);
      const first = values[0] ?? 0;
      const mean = values.length === 0 ? 0 : first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const variance = values.length > ddof ? squares / (values.length - ddof) : 0;
      let result = 0;
      switch (statistic) {
        case SET_STATISTIC.mean: result = mean; break;
        case SET_STATISTIC.std: result = Math.sqrt(variance); break;
        case SET_STATISTIC.variance: result = variance; break;
        case SET_STATISTIC.sum: result = values.reduce((sum, value) => sum + value, 0); break;
        case SET_STATISTIC.count: result = values.length; break;
        case SET_STATISTIC.minimum: result = values.length === 0 ? 0 : Math.min(...values); break;
        case SET_STATISTIC.maximum: result = values.length === 0 ? 0 : Math.max(...values); break;
        case SET_STATISTIC.nonZero: result = values.filter((value) => value !== 0).length; break;
      }
      for (const place of members) y[place] = statistic === SET_STATISTIC.first ? Number(place === entering[0]) : result;
    }
  },
});
