// Attention, gradient of the queries: dq_t = scale * sum_s p_ts (d_o_t.v_s - delta_t) k_s. The weights
// p_ts = exp(scale q_t.k_s - logsumexp_t) are made again instead of being stored.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { attentionModule } from '../simd/attention';
import wgsl from '../../../shaders/transformer/attention_grad_query.wgsl?raw';
import wgslHead16 from '../../../shaders/transformer/attention_grad_query_head16.wgsl?raw';
import wgslHead32 from '../../../shaders/transformer/attention_grad_query_head32.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/attention_grad_query_vec4.wgsl?raw';

export const attentionGradQuery = defineKernel({
  name: 'transformer/attention_grad_query',
  bindings: {
    q: read('f32'), k: read('f32'), v: read('f32'), key_mask: read('u32'), statistics: read('f32'), d_o: read('f32'), dq: readWrite('f32'),
  },
  uniforms: { batch: 'u32', length: 'u32' },
  constants: { HEADS: 'u32', KV_HEADS: 'u32', HEAD_DIM: 'u32' },
  variants: [
    {
      name: 'head16', wgsl: wgslHead16, vec4: ['q', 'k', 'v', 'd_o', 'dq'], preferredOn: 'fallback',
      supports: ({ HEAD_DIM }) => HEAD_DIM === 16,
      workgroups: ({ batch, length, HEADS }) => grid(batch! * HEADS! * Math.ceil(length! / 2)),
    },
    {
      name: 'head32', wgsl: wgslHead32, vec4: ['q', 'k', 'v', 'd_o', 'dq'], preferredOn: 'fallback',
      supports: ({ HEAD_DIM }) => HEAD_DIM === 32,
      workgroups: ({ batch, length, HEADS }) => grid(batch! * HEADS! * Math.ceil(length! / 2)),
    },
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['q', 'k', 'v', 'd_o', 'dq'],
      supports: ({ HEAD_DIM }) => HEAD_DIM! % 4 === 0,
      workgroups: ({ batch, length, HEADS }) => grid(batch! * length! * HEADS!),
    },
    { name: 'simple', wgsl, workgroups: ({ batch, length, HEADS }) => grid(batch! * length! * HEADS!) },
  ],
  twin({ q, k, v, key_mask, statistics, d_o, dq }, { batch, length, HEADS, KV_HEADS, HEAD_DIM }) {
    const scale = 1 / Math.sqrt(HEAD_DIM);
    const sums = new Float64Array(HEAD_DIM);
    for (let b = 0; b < batch; b++) for (let head = 0; head < HEADS; head++) for (let t = 0; t < length; t++) {
      const queryHead = (b * length + t) * HEADS + head;
      const query = queryHead * HEAD_DIM;
      const kvHead = Math.floor(head / (HEADS / KV_HEADS));
      sums.fill(0);
      for (let s = 0; s <= t; s++) {
        if (key_mask[b * length + s] === 0) continue;
        const key = ((b * length + s) * KV_HEADS + kvHead) * HEAD_DIM;
        let score = 0;
        let dWeight = 0;
        for (let d = 0; d < HEAD_DIM; d++) {
          score += q[query + d]! * k[key + d]!;
          dWeight += d_o[query + d]! * v[key + d]!;
        }
        const dScore = Math.exp(score * scale - statistics[queryHead * 2]!) * (dWeight - statistics[queryHead * 2 + 1]!);
        for (let d = 0; d < HEAD_DIM; d++) sums[d]! += dScore * k[key + d]!;
      }
      for (let d = 0; d < HEAD_DIM; d++) dq[query + d] = sums[d]! * scale;
    }
  },
  simd: {
    module: attentionModule,
    run(context, { q, k, v, key_mask, statistics, d_o, dq }, { batch, length, HEADS, KV_HEADS, HEAD_DIM }) {
      const work = { parts: batch * HEADS, operations: 1.5 * batch * HEADS * length * length * HEAD_DIM };
      context.spread(attentionModule, 'attentionGradQuery', work, q, k, v, key_mask, statistics, d_o, dq, length, HEADS, KV_HEADS, HEAD_DIM);
    },
  },
});
