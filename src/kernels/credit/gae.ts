// Generalised advantage estimation (Schulman et al., 2016): d_t = r_t + gamma V_(t+1) - V_t, A_t = d_t + gamma lambda A_(t+1),
// over the usable tokens of an answer (masked ones are skipped, their values never read). The value after the last token
// is `bootstrap` (used when has_end is 1, else 0); a token marked terminal has nothing after it.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/gae.wgsl?raw';

export const gae = defineKernel({
  name: 'credit/gae',
  bindings: { rewards: read('f32'), values: read('f32'), mask: read('u32'), terminal: read('f32'), bootstrap: read('f32'), advantages: readWrite('f32') },
  uniforms: { answers: 'u32', width: 'u32', has_end: 'u32', gamma: 'f32', lambda: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers }) => grid(answers!) }],
  twin({ rewards, values, mask, terminal, bootstrap, advantages }, { answers, width, has_end, gamma, lambda }) {
    for (let n = 0; n < answers; n++) {
      let next = has_end === 1 ? bootstrap[n]! : 0;
      let carried = 0;
      for (let i = (n + 1) * width - 1; i >= n * width; i--) {
        if (mask[i] === 0) { advantages[i] = 0; continue; }
        if (has_end === 1 && terminal[i] !== 0) next = carried = 0;
        carried = rewards[i]! + gamma * next - values[i]! + gamma * lambda * carried;
        next = values[i]!;
        advantages[i] = carried;
      }
    }
  },
});
