// Attention, backward to the queries, for HEAD_DIM 32, two queries an invocation: dq_t = scale * sum_s p_ts
// (d_o_t.v_s - delta_t) k_s with p_ts = exp(scale q_t.k_s - logsumexp_t) made again; delta comes from attention_grad_delta.
// Bindings: q [rows, HEADS, 32], k and v [rows, KV_HEADS, 32], key_mask [rows], statistics [rows, HEADS, 2], d_o like q
// in; dq like q out; all but key_mask and statistics are vec4f. Uniforms: batch, length.
// One invocation a (sequence, head, pair of queries). Twin: src/kernels/transformer/attentionGradQuery.ts

const SCALE: f32 = 0.17677669; // 1 / sqrt(32)

// Two mat4x4f stand for 32 numbers: a private array with a running index is what costs on SwiftShader, registers are not.
struct Head { low: mat4x4f, high: mat4x4f }
fn dot16(a: mat4x4f, b: mat4x4f) -> f32 { return dot(a[0], b[0]) + dot(a[1], b[1]) + dot(a[2], b[2]) + dot(a[3], b[3]); }
fn dot32(a: Head, b: Head) -> f32 { return dot16(a.low, b.low) + dot16(a.high, b.high); }
fn scaled(a: Head, by: f32) -> Head { return Head(a.low * by, a.high * by); }
fn load_q(i: u32) -> Head {
  return Head(mat4x4f(q[i], q[i + 1u], q[i + 2u], q[i + 3u]), mat4x4f(q[i + 4u], q[i + 5u], q[i + 6u], q[i + 7u]));
}
fn load_k(i: u32) -> Head {
  return Head(mat4x4f(k[i], k[i + 1u], k[i + 2u], k[i + 3u]), mat4x4f(k[i + 4u], k[i + 5u], k[i + 6u], k[i + 7u]));
}
fn load_v(i: u32) -> Head {
  return Head(mat4x4f(v[i], v[i + 1u], v[i + 2u], v[i + 3u]), mat4x4f(v[i + 4u], v[i + 5u], v[i + 6u], v[i + 7u]));
}
fn load_d_o(i: u32) -> Head {
  return Head(mat4x4f(d_o[i], d_o[i + 1u], d_o[i + 2u], d_o[i + 3u]), mat4x4f(d_o[i + 4u], d_o[i + 5u], d_o[i + 6u], d_o[i + 7u]));
}

fn store(query_head: u32, sum: Head) {
  dq[query_head * 8u] = sum.low[0] * SCALE;
  dq[query_head * 8u + 1u] = sum.low[1] * SCALE;
  dq[query_head * 8u + 2u] = sum.low[2] * SCALE;
  dq[query_head * 8u + 3u] = sum.low[3] * SCALE;
  dq[query_head * 8u + 4u] = sum.high[0] * SCALE;
  dq[query_head * 8u + 5u] = sum.high[1] * SCALE;
  dq[query_head * 8u + 6u] = sum.high[2] * SCALE;
  dq[query_head * 8u + 7u] = sum.high[3] * SCALE;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  let pairs = (uniforms.length + 1u) / 2u;
  if (i >= uniforms.batch * HEADS * pairs) { return; }
  let t = i % pairs * 2u;
  let head = i / pairs % HEADS;
  let first_row = i / (pairs * HEADS) * uniforms.length;
  let kv_head = head / (HEADS / KV_HEADS);
  let last = min(t + 1u, uniforms.length - 1u); // the second query; the first again at an odd end
  let query_head = vec2u((first_row + t) * HEADS + head, (first_row + last) * HEADS + head);
  let query_0 = scaled(load_q(query_head.x * 8u), SCALE);
  let query_1 = scaled(load_q(query_head.y * 8u), SCALE);
  let d_o_0 = load_d_o(query_head.x * 8u);
  let d_o_1 = load_d_o(query_head.y * 8u);
  let logsumexp = vec2f(statistics[query_head.x * 2u], statistics[query_head.y * 2u]);
  let delta = vec2f(statistics[query_head.x * 2u + 1u], statistics[query_head.y * 2u + 1u]);
  var sum_0 = Head();
  var sum_1 = Head();
  for (var s = 0u; s <= last; s++) {
    let at = ((first_row + s) * KV_HEADS + kv_head) * 8u;
    let key = load_k(at);
    let value = load_v(at);
    let score = vec2f(dot32(query_0, key), dot32(query_1, key));
    let d_weight = vec2f(dot32(d_o_0, value), dot32(d_o_1, value));
    let seen = vec2<bool>(key_mask[first_row + s] != 0u) & (vec2u(s) <= vec2u(t, last));
    let d_score = select(vec2f(), exp(score - logsumexp) * (d_weight - delta), seen);
    sum_0.low += key.low * d_score.x;
    sum_0.high += key.high * d_score.x;
    sum_1.low += key.low * d_score.y;
    sum_1.high += key.high * d_score.y;
  }
  store(query_head.x, sum_0);
  if (last != t) { store(query_head.y, sum_1); }
}
