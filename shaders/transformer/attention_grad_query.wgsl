// Attention, backward to the queries: dq_t = scale * sum_s p_ts (d_o_t.v_s - delta_t) k_s with
// p_ts = exp(scale q_t.k_s - logsumexp_t) made again; delta_t = d_o_t.o_t comes from attention_grad_delta.
// Bindings: q [rows, HEADS, HEAD_DIM], k and v [rows, KV_HEADS, HEAD_DIM], key_mask [rows], statistics [rows, HEADS, 2],
// d_o like q in; dq like q out. Uniforms: batch, length. One invocation a (sequence, head, query). Any HEAD_DIM.
// Twin: src/kernels/transformer/attentionGradQuery.ts

const SCALE: f32 = 1.0 / sqrt(f32(HEAD_DIM));

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.batch * HEADS * uniforms.length) { return; }
  let t = i % uniforms.length;
  let head = i / uniforms.length % HEADS;
  let first_row = i / (uniforms.length * HEADS) * uniforms.length;
  let kv_head = head / (HEADS / KV_HEADS);
  let query_head = (first_row + t) * HEADS + head;
  let logsumexp = statistics[query_head * 2u];
  let delta = statistics[query_head * 2u + 1u];
  var query: array<f32, HEAD_DIM>;
  var d_output: array<f32, HEAD_DIM>;
  var sum: array<f32, HEAD_DIM>;
  for (var d = 0u; d < HEAD_DIM; d++) {
    query[d] = q[query_head * HEAD_DIM + d] * SCALE;
    d_output[d] = d_o[query_head * HEAD_DIM + d];
  }
  for (var s = 0u; s <= t; s++) {
    if (key_mask[first_row + s] == 0u) { continue; }
    let key = ((first_row + s) * KV_HEADS + kv_head) * HEAD_DIM;
    var score = 0.0;
    var d_weight = 0.0;
    for (var d = 0u; d < HEAD_DIM; d++) {
      score += query[d] * k[key + d];
      d_weight += d_output[d] * v[key + d];
    }
    let d_score = exp(score - logsumexp) * (d_weight - delta);
    for (var d = 0u; d < HEAD_DIM; d++) { sum[d] += d_score * k[key + d]; }
  }
  for (var d = 0u; d < HEAD_DIM; d++) { dq[query_head * HEAD_DIM + d] = sum[d] * SCALE; }
}
