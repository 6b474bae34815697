// Attention while decoding: one new query a sequence over the cached keys and values, slots 0 to position inclusive,
// skipping slots whose key_mask is 0 (left padding). The same softmax as attention.ts; no valid slot gives o = 0.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { attentionModule } from '../simd/attention';
import wgsl from '../../../shaders/transformer/attention_decode.wgsl?raw';
import wgslHead16 from '../../../shaders/transformer/attention_decode_head16.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/attention_decode_vec4.wgsl?raw';

export const attentionDecode = defineKernel({
  name: 'transformer/attention_decode',
  bindings: { q: read('f32'), k_cache: read('f32'), v_cache: read('f32'), key_mask: read('u32'), o: readWrite('f32') },
  uniforms: { rows: 'u32', position: 'u32' },
  constants: { HEADS: 'u32', KV_HEADS: 'u32', HEAD_DIM: 'u32', CAPACITY: 'u32' },
  variants: [
    {
      name: 'head16', wgsl: wgslHead16, vec4: ['q', 'k_cache', 'v_cache', 'o'], preferredOn: 'fallback',
      supports: ({ HEAD_DIM }) => HEAD_DIM === 16,
      workgroups: ({ rows, HEADS }) => grid(rows! * HEADS!),
    },
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['q', 'k_cache', 'v_cache', 'o'],
      supports: ({ HEAD_DIM }) => HEAD_DIM! % 4 === 0,
      workgroups: ({ rows, HEADS }) => grid(rows! * HEADS!),
    },
    { name: 'simple', wgsl, workgroups: ({ rows, HEADS }) => grid(rows! * HEADS!) },
  ],
  twin({ q, k_cache, v_cache, key_mask, o }, { rows, position, HEADS, KV_HEADS, HEAD_DIM, CAPACITY }) {
    const scale = 1 / Math.sqrt(HEAD_DIM);
    const slots = Math.min(position + 1, CAPACITY);
    const stride = KV_HEADS * HEAD_DIM;
    const scores = new Float64Array(slots);
    const sums = new Float64Array(HEAD_DIM);
    for (let row = 0; row < rows; row++) for (let head = 0; head < HEADS; head++) {
      const query = (row * HEADS + head) * HEAD_DIM;
      const keys = (row * CAPACITY * KV_HEADS + Math.floor(head / (HEADS / KV_HEADS))) * HEAD_DIM;
      let largest = -Infinity;
      let found = false;
      for (let s = 0; s < slots; s++) {
        if (key_mask[row * CAPACITY + s] === 0) continue;
        found = true;
        let score = 0;
        for (let d = 0; d < HEAD_DIM; d++) score += q[query + d]! * k_cache[keys + s * stride + d]!;
        scores[s] = score * scale;
        if (!(scores[s]! <= largest)) largest = scores[s]!;
      }
      let total = 0;
      sums.fill(0);
      for (let s = 0; s < slots; s++) {
        if (key_mask[row * CAPACITY + s] === 0) continue;
        const weight = Math.exp(scores[s]! - largest);
        total += weight;
        for (let d = 0; d < HEAD_DIM; d++) sums[d]! += weight * v_cache[keys + s * stride + d]!;
      }
      for (let d = 0; d < HEAD_DIM; d++) o[query + d] = found ? sums[d]! / total : 0;
    }
  },
  simd: {
    module: attentionModule,
    run(context, { q, k_cache, v_cache, key_mask, o }, { rows, position, HEADS, KV_HEADS, HEAD_DIM, CAPACITY }) {
      const parts = rows * HEADS;
      const scores = context.scratch(parts * (position + 5) * 4);
      const work = { parts, operations: 2 * parts * position * HEAD_DIM };
      context.spread(attentionModule, 'attentionDecode', work, q, k_cache, v_cache, key_mask, o, position, HEADS, KV_HEADS, HEAD_DIM, CAPACITY, scores);
    },
  },
});
