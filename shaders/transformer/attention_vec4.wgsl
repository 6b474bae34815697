// Causal grouped-query attention with an online softmax: o = sum_s softmax(scale q.k_s) v_s over the keys s <= t whose
// mask is 1; no length x length matrix. statistics[row, head, 0] = log of the sum of exp(scale q.k_s), for the backward pass.
// A query without any key gives o = 0.
// Bindings: q [rows, HEADS, HEAD_DIM], k and v [rows, KV_HEADS, HEAD_DIM], key_mask [rows] in; o like q,
// statistics [rows, HEADS, 2] out. Uniforms: batch, length. One invocation a (sequence, head, query). HEAD_DIM a multiple of 4; all but key_mask and statistics are vec4f.
// Twin: src/kernels/transformer/attention.ts

const SCALE: f32 = 1.0 / sqrt(f32(HEAD_DIM));
const QUADS: u32 = HEAD_DIM / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.batch * HEADS * uniforms.length) { return; }
  let t = i % uniforms.length;
  let head = i / uniforms.length % HEADS;
  let first_row = i / (uniforms.length * HEADS) * uniforms.length;
  let kv_head = head / (HEADS / KV_HEADS);
  let query_head = (first_row + t) * HEADS + head;
  var query: array<vec4f, QUADS>;
  var sum: array<vec4f, QUADS>;
  for (var d = 0u; d < QUADS; d++) { query[d] = q[query_head * QUADS + d] * SCALE; }
  var largest = -3.0e38; // finite: exp(largest - score) is 0 for the first key
  var total = 0.0;
  var found = false;
  for (var s = 0u; s <= t; s++) {
    if (key_mask[first_row + s] == 0u) { continue; }
    found = true;
    let key = ((first_row + s) * KV_HEADS + kv_head) * QUADS;
    var score = 0.0;
    for (var d = 0u; d < QUADS; d++) { score += dot(query[d], k[key + d]); }
    if (score > largest) {
      let shrink = exp(largest - score);
      largest = score;
      total *= shrink;
      for (var d = 0u; d < QUADS; d++) { sum[d] *= shrink; }
    }
    let weight = exp(score - largest);
    total += weight;
    for (var d = 0u; d < QUADS; d++) { sum[d] += weight * v[key + d]; }
  }
  let inverse = select(0.0, 1.0 / total, found);
  for (var d = 0u; d < QUADS; d++) { o[query_head * QUADS + d] = sum[d] * inverse; }
  statistics[query_head * 2u] = select(0.0, largest + log(total), found);
}
