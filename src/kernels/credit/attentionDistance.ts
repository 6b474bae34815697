// How far each attention head looks back on average over an answer's tokens. Heads that look least far are the local ones,
// those that look furthest the global ones (attention rhythm, arXiv 2510.13554).

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/attention_distance.wgsl?raw';

export const attentionDistance = defineKernel({
  name: 'credit/attention_distance',
  bindings: { maps: read('f32'), first: read('u32'), past: read('u32'), distance: readWrite('f32') },
  uniforms: { answers: 'u32', heads: 'u32', length: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, heads }) => grid(answers! * heads!) }],
  twin({ maps, first, past, distance }, { answers, heads, length }) {
    for (let i = 0; i < answers * heads; i++) {
      const n = Math.floor(i / heads);
      let sum = 0;
      for (let t = first[n]!; t < past[n]!; t++) {
        for (let s = 0; s < t; s++) sum += maps[(i * length + t) * length + s]! * (t - s);
      }
      distance[i] = past[n]! > first[n]! ? sum / (past[n]! - first[n]!) : 0;
    }
  },
});
