// The critic's clipped regression loss with its gradient. Token weights come from loss/aggregation_weights.
// Fixtures: value_loss.json: batch arrays -> bindings, clip null -> CLIPPED 0 (valueLossScalars); per_token_loss = loss,
// grad_values = d_values, loss = sum W * loss (loss/masked_sum), clipfrac = masked mean of flags.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/value_loss.wgsl?raw';

export const valueLoss = defineKernel({
  name: 'loss/value_loss',
  bindings: {
    values: read('f32'), old_values: read('f32'), returns: read('f32'), weights: read('f32'),
    loss: readWrite('f32'), d_values: readWrite('f32'), flags: readWrite('u32'),
  },
  uniforms: { count: 'u32', clip: 'f32' },
  constants: { CLIPPED: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ count }) => grid(count!) }],
  twin({ values, old_values, returns, weights, loss, d_values, flags }, { count, clip, CLIPPED }) {
    for (let i = 0; i < count; i++) {
      loss[i] = d_values[i] = flags[i] = 0;
      if (weights[i] === 0) continue;
      const error = values[i]! - returns[i]!;
      const held = Math.min(Math.max(values[i]!, old_values[i]! - clip), old_values[i]! + clip);
      const clippedError = CLIPPED !== 0 && held !== values[i] ? held - returns[i]! : error;
      const isClipped = clippedError ** 2 > error ** 2;
      loss[i] = Math.max(clippedError ** 2, error ** 2) / 2;
      d_values[i] = isClipped ? 0 : error * weights[i]!;
      flags[i] = Number(isClipped);
    }
  },
});

/** `clip` null: no clipping. */
export function valueLossScalars(clip: number | null): { clip: number; CLIPPED: number } {
  if (clip !== null && !(clip >= 0)) throw new RangeError(`value clip ${clip} is not 0 or more`);
  return { clip: clip ?? 0, CLIPPED: clip === null ? 0 : 1 };
}
