// The largest value just before a token: over the usable tokens among the `back` columns before it, and how far back it
// stands (0 = the window is empty).

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/window_maximum.wgsl?raw';

export const windowMaximum = defineKernel({
  name: 'credit/window_maximum',
  bindings: { x: read('f32'), mask: read('u32'), largest: readWrite('f32'), distance: readWrite('f32') },
  uniforms: { answers: 'u32', width: 'u32', back: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, width }) => grid(answers! * width!) }],
  twin({ x, mask, largest, distance }, { answers, width, back }) {
    for (let i = 0; i < answers * width; i++) {
      largest[i] = distance[i] = 0;
      if (mask[i] === 0) continue;
      const start = i - (i % width);
      let best = -1;
      for (let j = Math.max(start, i - back); j < i; j++) if (mask[j] !== 0 && (best < 0 || x[j]! > x[best]!)) best = j;
      if (best < 0) continue;
      largest[i] = x[best]!;
      distance[i] = i - best;
    }
  },
});
