// A quantile of a token value over the usable tokens of each answer, or of the batch: the median at share 0.5, a percentile
// as a threshold. Between two neighbours in the order it is a straight line, as NumPy's default.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/quantile.wgsl?raw';
import { OVER } from './combineMoments';

export const quantile = defineKernel({
  name: 'credit/quantile',
  bindings: { x: read('f32'), mask: read('u32'), y: readWrite('f32') },
  uniforms: { sets: 'u32', answers: 'u32', width: 'u32', over: 'u32', share: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ sets, over }) => (over === OVER.batch ? [1, 1, 1] : grid(sets!)) }],
  twin({ x, mask, y }, { sets, answers, width, over, share }) {
    for (let set = 0; set < sets; set++) {
      const [start, end] = over === OVER.batch ? [0, answers * width] : [set * width, (set + 1) * width];
      const sorted = x.slice(start, end).filter((_, offset) => mask[start + offset] !== 0).sort();
      const position = share * Math.max(0, sorted.length - 1);
      const low = sorted[Math.floor(position)] ?? 0;
      const high = sorted[Math.floor(position) + 1] ?? low;
      y[set] = low + (position - Math.floor(position)) * (high - low);
    }
  },
});
