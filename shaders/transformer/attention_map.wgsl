// Attention weights of one layer, to be looked at: p_ts = exp(q_t.k_s / sqrt(HEAD_DIM) - logsumexp_t) for keys s <= t with key_mask 1,
// else 0. Row (t) of a query with no valid key is 0.
// Bindings: q [batch*length, HEADS, HEAD_DIM], k [batch*length, KV_HEADS, HEAD_DIM], key_mask [batch*length], statistics
// [batch*length, HEADS, 2] in; maps [batch, MAPS, length, length] out, of which this layer writes the HEADS from `offset` on.
// Uniforms: batch, length, offset. One invocation a (sequence, head, query, key).
// Twin: src/kernels/transformer/attentionMap.ts

const SCALE: f32 = 1.0 / sqrt(f32(HEAD_DIM));

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  let length = uniforms.length;
  if (i >= uniforms.batch * HEADS * length * length) { return; }
  let s = i % length;
  let t = i / length % length;
  let head = i / (length * length) % HEADS;
  let b = i / (length * length * HEADS);
  let at = ((b * MAPS + uniforms.offset + head) * length + t) * length + s;
  if (s > t || key_mask[b * length + s] == 0u) {
    maps[at] = 0.0;
    return;
  }
  let query_head = (b * length + t) * HEADS + head;
  let key_head = (b * length + s) * KV_HEADS + head / (HEADS / KV_HEADS);
  var score = 0.0;
  for (var d = 0u; d < HEAD_DIM; d++) { score += q[query_head * HEAD_DIM + d] * k[key_head * HEAD_DIM + d]; }
  maps[at] = exp(score * SCALE - statistics[query_head * 2u]);
}
