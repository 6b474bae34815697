// Attention of one new query a sequence over the cache: slots 0 .. position whose mask is 1. No such slot gives o = 0.
// Bindings: q [rows, HEADS, HEAD_DIM], k_cache and v_cache [rows, CAPACITY, KV_HEADS, HEAD_DIM],
// key_mask [rows, CAPACITY] in; o like q out. Uniforms: rows, position. One invocation a (row, head).
// Any HEAD_DIM.
// Twin: src/kernels/transformer/attentionDecode.ts

const SCALE: f32 = 1.0 / sqrt(f32(HEAD_DIM));

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * HEADS) { return; }
  let first_slot = i / HEADS * CAPACITY;
  let kv_head = i % HEADS / (HEADS / KV_HEADS);
  var query: array<f32, HEAD_DIM>;
  var sum: array<f32, HEAD_DIM>;
  for (var d = 0u; d < HEAD_DIM; d++) { query[d] = q[i * HEAD_DIM + d] * SCALE; }
  var largest = -3.0e38; // finite: exp(largest - score) is 0 for the first key
  var total = 0.0;
  var found = false;
  let slots = min(uniforms.position + 1u, CAPACITY);
  for (var s = 0u; s < slots; s++) {
    if (key_mask[first_slot + s] == 0u) { continue; }
    found = true;
    let key = ((first_slot + s) * KV_HEADS + kv_head) * HEAD_DIM;
    var score = 0.0;
    for (var d = 0u; d < HEAD_DIM; d++) { score += query[d] * k_cache[key + d]; }
    if (score > largest) {
      let shrink = exp(largest - score);
      largest = score;
      total *= shrink;
      for (var d = 0u; d < HEAD_DIM; d++) { sum[d] *= shrink; }
    }
    let weight = exp(score - largest);
    total += weight;
    for (var d = 0u; d < HEAD_DIM; d++) { sum[d] += weight * v_cache[key + d]; }
  }
  let inverse = select(0.0, 1.0 / total, found);
  for (var d = 0u; d < HEAD_DIM; d++) { o[i * HEAD_DIM + d] = sum[d] * inverse; }
}
