// Causal grouped-query attention: o_t = sum_s softmax_s(q_t.k_s / sqrt(HEAD_DIM)) v_s over keys s <= t with key_mask 1.
// The shaders keep a running maximum (online softmax: Milakov and Gimelshein, 2018; Dao et al., FlashAttention, 2022);
// the twin is the plain softmax. statistics[row, head, 0] keeps the log of the sum of exponentials for the backward
// pass; [.., 1] belongs to attentionGradDelta. A query with no valid key gives o = 0.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { attentionModule } from '../simd/attention';
import wgsl from '../../../shaders/transformer/attention.wgsl?raw';
import wgslHead16 from '../../../shaders/transformer/attention_head16.wgsl?raw';
import wgslHead32 from '../../../shaders/transformer/attention_head32.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/attention_vec4.wgsl?raw';

export const attention = defineKernel({
  name: 'transformer/attention',
  bindings: { q: read('f32'), k: read('f32'), v: read('f32'), key_mask: read('u32'), o: readWrite('f32'), statistics: readWrite('f32') },
  uniforms: { batch: 'u32', length: 'u32' },
  constants: { HEADS: 'u32', KV_HEADS: 'u32', HEAD_DIM: 'u32' },
  variants: [
    {
      name: 'head16', wgsl: wgslHead16, vec4: ['q', 'k', 'v', 'o'], preferredOn: 'fallback',
      supports: ({ HEAD_DIM }) => HEAD_DIM === 16,
      workgroups: ({ batch, length, HEADS }) => grid(batch! * HEADS! * Math.ceil(length! / 2)),
    },
    {
      name: 'head32', wgsl: wgslHead32, vec4: ['q', 'k', 'v', 'o'], preferredOn: 'fallback',
      supports: ({ HEAD_DIM }) => HEAD_DIM === 32,
      workgroups: ({ batch, length, HEADS }) => grid(batch! * HEADS! * Math.ceil(length! / 2)),
    },
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['q', 'k', 'v', 'o'],
      supports: ({ HEAD_DIM }) => HEAD_DIM! % 4 === 0,
      workgroups: ({ batch, length, HEADS }) => grid(batch! * length! * HEADS!),
    },
    { name: 'simple', wgsl, workgroups: ({ batch, length, HEADS }) => grid(batch! * length! * HEADS!) },
  ],
  twin({ q, k, v, key_mask, o, statistics }, { batch, length, HEADS, KV_HEADS, HEAD_DIM }) {
    const scale = 1 / Math.sqrt(HEAD_DIM);
    const scores = new Float64Array(length);
    const sums = new Float64Array(HEAD_DIM);
    for (let b = 0; b < batch; b++) for (let head = 0; head < HEADS; head++) for (let t = 0; t < length; t++) {
      const queryHead = (b * length + t) * HEADS + head;
      const query = queryHead * HEAD_DIM;
      const keys = (b * length * KV_HEADS + Math.floor(head / (HEADS / KV_HEADS))) * HEAD_DIM;
      const stride = KV_HEADS * HEAD_DIM;
      let largest = -Infinity;
      let found = false;
      for (let s = 0; s <= t; s++) {
        if (key_mask[b * length + s] === 0) continue;
        found = true;
        let score = 0;
        for (let d = 0; d < HEAD_DIM; d++) score += q[query + d]! * k[keys + s * stride + d]!;
        scores[s] = score * scale;
        if (!(scores[s]! <= largest)) largest = scores[s]!;
      }
      let total = 0;
      sums.fill(0);
      for (let s = 0; s <= t; s++) {
        if (key_mask[b * length + s] === 0) continue;
        const weight = Math.exp(scores[s]! - largest);
        total += weight;
        for (let d = 0; d < HEAD_DIM; d++) sums[d]! += weight * v[keys + s * stride + d]!;
      }
      for (let d = 0; d < HEAD_DIM; d++) o[query + d] = found ? sums[d]! / total : 0;
      statistics[queryHead * 2] = found ? largest + Math.log(total) : 0;
    }
  },
  simd: {
    module: attentionModule,
    run(context, { q, k, v, key_mask, o, statistics }, { batch, length, HEADS, KV_HEADS, HEAD_DIM }) {
      const parts = batch * HEADS;
      const scores = context.scratch(parts * (length + 4) * 4);
      const work = { parts, operations: parts * length * length * HEAD_DIM };
      context.spread(attentionModule, 'attention', work, q, k, v, key_mask, o, statistics, length, HEADS, KV_HEADS, HEAD_DIM, scores);
    },
  },
});
