// Attention rhythm's two signals (arXiv 2510.13554) from attention maps. WAAD, the windowed average attention distance of
// the local heads, jumps where a chunk of text begins; FAI, the future attention influence of the global heads, is high at
// tokens that later ones keep looking at. Which heads are local or global comes as their ranks by attentionDistance.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/attention_summary.wgsl?raw';

export const attentionSummary = defineKernel({
  name: 'credit/attention_summary',
  bindings: {
    maps: read('f32'), rank_near: read('f32'), rank_far: read('f32'), first: read('u32'), past: read('u32'),
    waad: readWrite('f32'), fai: readWrite('f32'),
  },
  uniforms: { answers: 'u32', heads: 'u32', length: 'u32', width: 'u32', chosen: 'u32', window: 'u32', from_ahead: 'u32', to_ahead: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, width }) => grid(answers! * width!) }],
  twin({ maps, rank_near, rank_far, first, past, waad, fai }, { answers, heads, length, width, chosen, window, from_ahead, to_ahead }) {
    for (let n = 0; n < answers; n++) {
      const ofAnswer = Array.from({ length: heads }, (_, h) => n * heads + h);
      const near = ofAnswer.filter((h) => rank_near[h]! < chosen);
      const far = ofAnswer.filter((h) => rank_far[h]! < chosen);
      const attention = (h: number, t: number, s: number): number => maps[(h * length + t) * length + s]!;
      for (let column = 0; column < width; column++) {
        const p = first[n]! + column;
        let [back, ahead, count] = [0, 0, 0];
        if (p < past[n]!) {
          for (const h of near) for (let s = 0; s < p; s++) back += attention(h, p, s) * Math.min(p - s, window);
          for (let t = p + from_ahead; t <= Math.min(past[n]! - 1, p + to_ahead); t++) {
            count++;
            for (const h of far) ahead += attention(h, t, p);
          }
        }
        waad[n * width + column] = back / chosen;
        fai[n * width + column] = count === 0 ? 0 : ahead / chosen / count;
      }
    }
  },
});
