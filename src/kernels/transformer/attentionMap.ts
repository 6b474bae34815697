// The weights that attention gives, after a forward has left queries, keys and log-sum-exp behind (see attention.ts). Training never
// needs them; credit methods that read the policy's attention do.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/transformer/attention_map.wgsl?raw';

export const attentionMap = defineKernel({
  name: 'transformer/attention_map',
  bindings: { q: read('f32'), k: read('f32'), key_mask: read('u32'), statistics: read('f32'), maps: readWrite('f32') },
  uniforms: { batch: 'u32', length: 'u32', offset: 'u32' },
  constants: { HEADS: 'u32', KV_HEADS: 'u32', HEAD_DIM: 'u32', MAPS: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ batch, length, HEADS }) => grid(batch! * HEADS! * length! * length!) }],
  twin({ q, k, key_mask, statistics, maps }, { batch, length, offset, HEADS, KV_HEADS, HEAD_DIM, MAPS }) {
    const scale = 1 / Math.sqrt(HEAD_DIM);
    for (let b = 0; b < batch; b++) for (let head = 0; head < HEADS; head++) for (let t = 0; t < length; t++) for (let s = 0; s < length; s++) {
      const at = ((b * MAPS + offset + head) * length + t) * length + s;
      maps[at] = 0;
      if (s > t || key_mask[b * length + s] === 0) continue;
      const query = (b * length + t) * HEADS + head;
      const key = ((b * length + s) * KV_HEADS + Math.floor(head / (HEADS / KV_HEADS))) * HEAD_DIM;
      let score = 0;
      for (let d = 0; d < HEAD_DIM; d++) score += q[query * HEAD_DIM + d]! * k[key + d]!;
      maps[at] = Math.exp(score * scale - statistics[query * 2]!);
    }
  },
});
