// Lets a finished answer go on with a value of its own in the columns past its end, for codes that compare padded rows.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/fill_beyond.wgsl?raw';

export const fillBeyond = defineKernel({
  name: 'credit/fill_beyond',
  bindings: { x: read('f32'), fill: read('f32'), mask: read('u32'), y: readWrite('f32') },
  uniforms: { answers: 'u32', width: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, width }) => grid(answers! * width!) }],
  twin({ x, fill, mask, y }, { answers, width }) {
    for (let i = 0; i < answers * width; i++) y[i] = mask[i] === 0 ? fill[Math.floor(i / width)]! : x[i]!;
  },
});
