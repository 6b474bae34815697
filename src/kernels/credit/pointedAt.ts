// The tokens that flagged later tokens point back at: each flagged token names one by its distance (see windowMaximum).

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/pointed_at.wgsl?raw';

export const pointedAt = defineKernel({
  name: 'credit/pointed_at',
  bindings: { flag: read('f32'), distance: read('f32'), mask: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', width: 'u32', back: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, width }) => grid(answers! * width!) }],
  twin({ flag, distance, mask, y }, { answers, width }) {
    y.fill(0, 0, answers * width);
    for (let j = 0; j < answers * width; j++) if (mask[j] !== 0 && flag[j] !== 0 && distance[j]! > 0) y[j - distance[j]!] = 1;
  },
});
