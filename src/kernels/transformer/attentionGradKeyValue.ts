// Attention, gradients of keys and values, summed over the queries t >= s of every head that shares the key:
// dv_s = sum p_ts d_o_t, dk_s = scale * sum p_ts (d_o_t.v_s - delta_t) q_t, p_ts = exp(scale q_t.k_s - logsumexp_t).
// Masked keys get zero.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import { attentionModule } from '../simd/attention';
import wgsl from '../../../shaders/transformer/attention_grad_key_value.wgsl?raw';
import wgslHead16 from '../../../shaders/transformer/attention_grad_key_value_head16.wgsl?raw';
import wgslHead32 from '../../../shaders/transformer/attention_grad_key_value_head32.wgsl?raw';
import wgslVec4 from '../../../shaders/transformer/attention_grad_key_value_vec4.wgsl?raw';

export const attentionGradKeyValue = defineKernel({
  name: 'transformer/attention_grad_key_value',
  bindings: {
    q: read('f32'), k: read('f32'), v: read('f32'), key_mask: read('u32'), statistics: read('f32'), d_o: read('f32'),
    dk: readWrite('f32'), dv: readWrite('f32'),
  },
  uniforms: { batch: 'u32', length: 'u32' },
  constants: { HEADS: 'u32', KV_HEADS: 'u32', HEAD_DIM: 'u32' },
  variants: [
    {
      name: 'head16', wgsl: wgslHead16, vec4: ['q', 'k', 'v', 'd_o', 'dk', 'dv'], preferredOn: 'fallback',
      supports: ({ HEAD_DIM }) => HEAD_DIM === 16,
      workgroups: ({ batch, length, KV_HEADS }) => grid(batch! * KV_HEADS! * Math.ceil(length! / 2)),
    },
    {
      name: 'head32', wgsl: wgslHead32, vec4: ['q', 'k', 'v', 'd_o', 'dk', 'dv'], preferredOn: 'fallback',
      supports: ({ HEAD_DIM }) => HEAD_DIM === 32,
      workgroups: ({ batch, length, KV_HEADS }) => grid(batch! * KV_HEADS! * Math.ceil(length! / 2)),
    },
    {
      name: 'vec4', wgsl: wgslVec4, vec4: ['q', 'k', 'v', 'd_o', 'dk', 'dv'],
      supports: ({ HEAD_DIM }) => HEAD_DIM! % 4 === 0,
      workgroups: ({ batch, length, KV_HEADS }) => grid(batch! * length! * KV_HEADS!),
    },
    { name: 'simple', wgsl, workgroups: ({ batch, length, KV_HEADS }) => grid(batch! * length! * KV_HEADS!) },
  ],
  twin({ q, k, v, key_mask, statistics, d_o, dk, dv }, { batch, length, HEADS, KV_HEADS, HEAD_DIM }) {
    const scale = 1 / Math.sqrt(HEAD_DIM);
    const group = HEADS / KV_HEADS;
    const dKey = new Float64Array(HEAD_DIM);
    const dValue = new Float64Array(HEAD_DIM);
    for (let b = 0; b < batch; b++) for (let kvHead = 0; kvHead < KV_HEADS; kvHead++) for (let s = 0; s < length; s++) {
      const key = ((b * length + s) * KV_HEADS + kvHead) * HEAD_DIM;
      dKey.fill(0);
      dValue.fill(0);
      if (key_mask[b * length + s] !== 0) for (let t = s; t < length; t++) for (let member = 0; member < group; member++) {
        const queryHead = (b * length + t) * HEADS + kvHead * group + member;
        const query = queryHead * HEAD_DIM;
        let score = 0;
        let dWeight = 0;
        for (let d = 0; d < HEAD_DIM; d++) {
          score += q[query + d]! * k[key + d]!;
          dWeight += d_o[query + d]! * v[key + d]!;
        }
        const weight = Math.exp(score * scale - statistics[queryHead * 2]!);
        const dScore = weight * (dWeight - statistics[queryHead * 2 + 1]!) * scale;
        for (let d = 0; d < HEAD_DIM; d++) {
          dKey[d]! += dScore * q[query + d]!;
          dValue[d]! += weight * d_o[query + d]!;
        }
      }
      dk.set(dKey, key);
      dv.set(dValue, key);
    }
  },
  simd: {
    module: attentionModule,
    run(context, { q, k, v, key_mask, statistics, d_o, dk, dv }, { batch, length, HEADS, KV_HEADS, HEAD_DIM }) {
      const work = { parts: batch * KV_HEADS, operations: 2 * batch * HEADS * length * length * HEAD_DIM };
      context.spread(attentionModule, 'attentionGradKeyValue', work, q, k, v, key_mask, statistics, d_o, dk, dv, length, HEADS, KV_HEADS, HEAD_DIM);
    },
  },
});
