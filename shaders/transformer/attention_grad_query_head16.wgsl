// Attention, backward to the queries, for HEAD_DIM 16, two queries an invocation: dq_t = scale * sum_s p_ts
// (d_o_t.v_s - delta_t) k_s with p_ts = exp(scale q_t.k_s - logsumexp_t) made again; delta comes from attention_grad_delta.
// Bindings: q [rows, HEADS, 16], k and v [rows, KV_HEADS, 16], key_mask [rows], statistics [rows, HEADS, 2], d_o like q
// in; dq like q out; all but key_mask and statistics are vec4f. Uniforms: batch, length.
// One invocation a (sequence, head, pair of queries). Twin: src/kernels/transformer/attentionGradQuery.ts

const SCALE: f32 = 0.25;

// mat4x4f stands for 16 numbers: a private array with a running index is what costs on SwiftShader, registers are not.
fn dot16(a: mat4x4f, b: mat4x4f) -> f32 { return dot(a[0], b[0]) + dot(a[1], b[1]) + dot(a[2], b[2]) + dot(a[3], b[3]); }
fn load_q(i: u32) -> mat4x4f { return mat4x4f(q[i], q[i + 1u], q[i + 2u], q[i + 3u]); }
fn load_k(i: u32) -> mat4x4f { return mat4x4f(k[i], k[i + 1u], k[i + 2u], k[i + 3u]); }
fn load_v(i: u32) -> mat4x4f { return mat4x4f(v[i], v[i + 1u], v[i + 2u], v[i + 3u]); }
fn load_d_o(i: u32) -> mat4x4f { return mat4x4f(d_o[i], d_o[i + 1u], d_o[i + 2u], d_o[i + 3u]); }

fn store(query_head: u32, sum: mat4x4f) {
  dq[query_head * 4u] = sum[0] * SCALE;
  dq[query_head * 4u + 1u] = sum[1] * SCALE;
  dq[query_head * 4u + 2u] = sum[2] * SCALE;
  dq[query_head * 4u + 3u] = sum[3] * SCALE;
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
  let query_0 = load_q(query_head.x * 4u) * SCALE;
  let query_1 = load_q(query_head.y * 4u) * SCALE;
  let d_o_0 = load_d_o(query_head.x * 4u);
  let d_o_1 = load_d_o(query_head.y * 4u);
  let logsumexp = vec2f(statistics[query_head.x * 2u], statistics[query_head.y * 2u]);
  let delta = vec2f(statistics[query_head.x * 2u + 1u], statistics[query_head.y * 2u + 1u]);
  var sum_0 = mat4x4f();
  var sum_1 = mat4x4f();
  for (var s = 0u; s <= last; s++) {
    let at = ((first_row + s) * KV_HEADS + kv_head) * 4u;
    let key = load_k(at);
    let value = load_v(at);
    let score = vec2f(dot16(query_0, key), dot16(query_1, key));
    let d_weight = vec2f(dot16(d_o_0, value), dot16(d_o_1, value));
    let seen = vec2<bool>(key_mask[first_row + s] != 0u) & (vec2u(s) <= vec2u(t, last));
    let d_score = select(vec2f(), exp(score - logsumexp) * (d_weight - delta), seen);
    sum_0 += key * d_score.x;
    sum_1 += key * d_score.y;
  }
  store(query_head.x, sum_0);
  if (last != t) { store(query_head.y, sum_1); }
}
