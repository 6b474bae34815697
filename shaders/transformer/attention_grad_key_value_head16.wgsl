// Attention, backward to keys and values, for HEAD_DIM 16, two keys an invocation: over the queries t >= s of all heads
// that share the key, dv_s = sum p_ts d_o_t and dk_s = scale * sum p_ts (d_o_t.v_s - delta_t) q_t,
// p_ts = exp(scale q_t.k_s - logsumexp_t). Masked keys get zero.
// Bindings: q [rows, HEADS, 16], k and v [rows, KV_HEADS, 16], key_mask [rows], statistics [rows, HEADS, 2], d_o like q
// in; dk, dv like k out; all but key_mask and statistics are vec4f. Uniforms: batch, length.
// One invocation a (sequence, key head, pair of keys). Twin: src/kernels/transformer/attentionGradKeyValue.ts

const SCALE: f32 = 0.25;
const GROUP: u32 = HEADS / KV_HEADS;

// mat4x4f stands for 16 numbers: a private array with a running index is what costs on SwiftShader, registers are not.
fn dot16(a: mat4x4f, b: mat4x4f) -> f32 { return dot(a[0], b[0]) + dot(a[1], b[1]) + dot(a[2], b[2]) + dot(a[3], b[3]); }
fn load_q(i: u32) -> mat4x4f { return mat4x4f(q[i], q[i + 1u], q[i + 2u], q[i + 3u]); }
fn load_k(i: u32) -> mat4x4f { return mat4x4f(k[i], k[i + 1u], k[i + 2u], k[i + 3u]); }
fn load_v(i: u32) -> mat4x4f { return mat4x4f(v[i], v[i + 1u], v[i + 2u], v[i + 3u]); }
fn load_d_o(i: u32) -> mat4x4f { return mat4x4f(d_o[i], d_o[i + 1u], d_o[i + 2u], d_o[i + 3u]); }

fn store(at: u32, d_key: mat4x4f, d_value: mat4x4f) {
  dk[at] = d_key[0] * SCALE;
  dk[at + 1u] = d_key[1] * SCALE;
  dk[at + 2u] = d_key[2] * SCALE;
  dk[at + 3u] = d_key[3] * SCALE;
  dv[at] = d_value[0];
  dv[at + 1u] = d_value[1];
  dv[at + 2u] = d_value[2];
  dv[at + 3u] = d_value[3];
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
  let at = ((first_row + vec2u(s, last)) * KV_HEADS + kv_head) * 4u;
  let key_0 = load_k(at.x) * SCALE;
  let key_1 = load_k(at.y) * SCALE;
  let value_0 = load_v(at.x);
  let value_1 = load_v(at.y);
  let real = vec2u(key_mask[first_row + s], key_mask[first_row + last]) != vec2u();
  var d_key_0 = mat4x4f();
  var d_key_1 = mat4x4f();
  var d_value_0 = mat4x4f();
  var d_value_1 = mat4x4f();
  for (var t = s; t < uniforms.length; t++) {
    for (var member = 0u; member < GROUP; member++) {
      let query_head = (first_row + t) * HEADS + kv_head * GROUP + member;
      let query = load_q(query_head * 4u);
      let d_output = load_d_o(query_head * 4u);
      let score = vec2f(dot16(key_0, query), dot16(key_1, query));
      let d_weight = vec2f(dot16(value_0, d_output), dot16(value_1, d_output));
      let weight = select(vec2f(), exp(score - statistics[query_head * 2u]), real & (vec2u(t) >= vec2u(s, last)));
      let d_score = weight * (d_weight - statistics[query_head * 2u + 1u]);
      d_key_0 += query * d_score.x;
      d_key_1 += query * d_score.y;
      d_value_0 += d_output * weight.x;
      d_value_1 += d_output * weight.y;
    }
  }
  store(at.x, d_key_0, d_value_0);
  if (last != s) { store(at.y, d_key_1, d_value_1); }
}
