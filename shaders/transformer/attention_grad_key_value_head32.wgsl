// Attention, backward to keys and values, for HEAD_DIM 32, two keys an invocation: over the queries t >= s of all heads
// that share the key, dv_s = sum p_ts d_o_t and dk_s = scale * sum p_ts (d_o_t.v_s - delta_t) q_t,
// p_ts = exp(scale q_t.k_s - logsumexp_t). Masked keys get zero.
// Bindings: q [rows, HEADS, 32], k and v [rows, KV_HEADS, 32], key_mask [rows], statistics [rows, HEADS, 2], d_o like q
// in; dk, dv like k out; all but key_mask and statistics are vec4f. Uniforms: batch, length.
// One invocation a (sequence, key head, pair of keys). Twin: src/kernels/transformer/attentionGradKeyValue.ts

const SCALE: f32 = 0.17677669; // 1 / sqrt(32)
const GROUP: u32 = HEADS / KV_HEADS;

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

fn store(at: u32, d_key: Head, d_value: Head) {
  dk[at] = d_key.low[0] * SCALE;
  dk[at + 1u] = d_key.low[1] * SCALE;
  dk[at + 2u] = d_key.low[2] * SCALE;
  dk[at + 3u] = d_key.low[3] * SCALE;
  dk[at + 4u] = d_key.high[0] * SCALE;
  dk[at + 5u] = d_key.high[1] * SCALE;
  dk[at + 6u] = d_key.high[2] * SCALE;
  dk[at + 7u] = d_key.high[3] * SCALE;
  dv[at] = d_value.low[0];
  dv[at + 1u] = d_value.low[1];
  dv[at + 2u] = d_value.low[2];
  dv[at + 3u] = d_value.low[3];
  dv[at + 4u] = d_value.high[0];
  dv[at + 5u] = d_value.high[1];
  dv[at + 6u] = d_value.high[2];
  dv[at + 7u] = d_value.high[3];
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  let pairs = (uniforms.length + 1u) / 2u;
  if (i >= uniforms.batch * KV_HEADS * pairs) { return; }
  let s = i % pairs * 2u;
  let kv_head = i / pairs % KV_HEADS;
  let first_row = i / (pairs * KV_HEADS) * uniforms.length;
  let last = min(s + 1u, uniforms.length - 1u); // the second key; the first again at an odd end
  let at = ((first_row + vec2u(s, last)) * KV_HEADS + kv_head) * 8u;
  let key_0 = scaled(load_k(at.x), SCALE);
  let key_1 = scaled(load_k(at.y), SCALE);
  let value_0 = load_v(at.x);
  let value_1 = load_v(at.y);
  let real = vec2u(key_mask[first_row + s], key_mask[first_row + last]) != vec2u();
  var d_key_0 = Head();
  var d_key_1 = Head();
  var d_value_0 = Head();
  var d_value_1 = Head();
  for (var t = s; t < uniforms.length; t++) {
    for (var member = 0u; member < GROUP; member++) {
      let query_head = (first_row + t) * HEADS + kv_head * GROUP + member;
      let query = load_q(query_head * 8u);
      let d_output = load_d_o(query_head * 8u);
      let score = vec2f(dot32(key_0, query), dot32(key_1, query));
      let d_weight = vec2f(dot32(value_0, d_output), dot32(value_1, d_output));
      let weight = select(vec2f(), exp(score - statistics[query_head * 2u]), real & (vec2u(t) >= vec2u(s, last)));
      let d_score = weight * (d_weight - statistics[query_head * 2u + 1u]);
      d_key_0.low += query.low * d_score.x;
      d_key_0.high += query.high * d_score.x;
      d_key_1.low += query.low * d_score.y;
      d_key_1.high += query.high * d_score.y;
      d_value_0.low += d_output.low * weight.x;
      d_value_0.high += d_output.high * weight.x;
      d_value_1.low += d_output.low * weight.y;
      d_value_1.high += d_output.high * weight.y;
    }
  }
  store(at.x, d_key_0, d_value_0);
  if (last != s) { store(at.y, d_key_1, d_value_1); }
}
