// Global L2 norm, second stage: norm and clip scale in a buffer of four floats, [norm, scale, non-finite flag, unused].
// With the flag set the norm means nothing, the scale is 0, and optim/adamw leaves everything as it is.
// Fixtures: optimizer.json clip_grad_norm/* (max_norm -> maximum; grads flattened -> normPartial.values); max_grad_norm null -> maximum 0.
// Their `clipped` is what optim/adamw reads: gradient * scale (its first moment with beta1 = 0).

import { defineKernel, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/optim/norm_finish.wgsl?raw';

/** Position of each entry in the norm buffer. */
export const NORM = { norm: 0, scale: 1, isNonFinite: 2, length: 4 } as const;

export const normFinish = defineKernel({
  name: 'optim/norm_finish',
  bindings: { partials: read('f32'), norm: readWrite('f32') },
  uniforms: { count: 'u32', maximum: 'f32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: () => [1, 1, 1] }],
  twin({ partials, norm }, { count, maximum }) {
    let total = 0;
    let isBad = false;
    for (let i = 0; i < count; i++) {
      total += partials[2 * i]!;
      if (partials[2 * i + 1] !== 0) isBad = true;
    }
    if (!Number.isFinite(Math.fround(total))) {
      isBad = true;
      total = 0;
    }
    const length = Math.sqrt(total);
    const scale = maximum > 0 ? Math.min(1, maximum / (length + 1e-6)) : 1;
    norm.set([length, isBad ? 0 : scale, Number(isBad), 0]);
  },
});
