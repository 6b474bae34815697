// Attention, backward to keys and values: over the queries t >= s of all heads that share this key,
// dv_s = sum p_ts d_o_t and dk_s = scale * sum p_ts (d_o_t.v_s - delta_t) q_t, p_ts = exp(scale q_t.k_s - logsumexp_t).
// Bindings: q [rows, HEADS, HEAD_DIM], k and v [rows, KV_HEADS, HEAD_DIM], key_mask [rows], statistics [rows, HEADS, 2],
// d_o like q in; dk, dv like k out (zero for masked keys). Uniforms: batch, length.
// One invocation a (sequence, key head, key). Any HEAD_DIM.
// Twin: src/kernels/transformer/attentionGradKeyValue.ts

const SCALE: f32 = 1.0 / sqrt(f32(HEAD_DIM));
const GROUP: u32 = HEADS / KV_HEADS;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.batch * KV_HEADS * uniforms.length) { return; }
  let s = i % uniforms.length;
  let kv_head = i / uniforms.length % KV_HEADS;
  let first_row = i / (uniforms.length * KV_HEADS) * uniforms.length;
  let first = ((first_row + s) * KV_HEADS + kv_head) * HEAD_DIM;
  var key: array<f32, HEAD_DIM>;
  var value: array<f32, HEAD_DIM>;
  var d_key: array<f32, HEAD_DIM>;
  var d_value: array<f32, HEAD_DIM>;
  for (var d = 0u; d < HEAD_DIM; d++) {
    key[d] = k[first + d] * SCALE;
    value[d] = v[first + d];
  }
  if (key_mask[first_row + s] != 0u) {
    for (var t = s; t < uniforms.length; t++) {
      for (var member = 0u; member < GROUP; member++) {
        let query_head = (first_row + t) * HEADS + kv_head * GROUP + member;
        let query = query_head * HEAD_DIM;
        var score = 0.0;
        var d_weight = 0.0;
        for (var d = 0u; d < HEAD_DIM; d++) {
          score += key[d] * q[query + d];
          d_weight += value[d] * d_o[query + d];
        }
        let weight = exp(score - statistics[query_head * 2u]);
        let d_score = weight * (d_weight - statistics[query_head * 2u + 1u]);
        for (var d = 0u; d < HEAD_DIM; d++) {
          d_key[d] += d_score * q[query + d];
          d_value[d] += weight * d_o[query + d];
        }
      }
    }
  }
  for (var d = 0u; d < HEAD_DIM; d++) {
    dk[first + d] = d_key[d] * SCALE;
    dv[first + d] = d_value[d];
  }
}
