// Causal grouped-query attention for HEAD_DIM 32, two queries an invocation, so that each key is loaded once for both.
// o = sum_s softmax(scale q.k_s) v_s over the keys s <= t whose mask is 1, by an online softmax; a query without any
// key gives o = 0. statistics[row, head, 0] = log of the sum of exp(scale q.k_s).
// Bindings: q [rows, HEADS, 32], k and v [rows, KV_HEADS, 32] as vec4f, key_mask [rows] in; o like q, statistics
// [rows, HEADS, 2] out. Uniforms: batch, length. One invocation a (sequence, head, pair of queries).
// Twin: src/kernels/transformer/attention.ts

const SCALE: f32 = 0.17677669; // 1 / sqrt(32)
const NONE: f32 = -3.0e38; // finite: exp(NONE - score) is 0 for the first key

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

fn store(query_head: u32, sum: Head, total: f32, largest: f32) {
  let found = largest > NONE;
  let inverse = select(0.0, 1.0 / total, found);
  o[query_head * 8u] = sum.low[0] * inverse;
  o[query_head * 8u + 1u] = sum.low[1] * inverse;
  o[query_head * 8u + 2u] = sum.low[2] * inverse;
  o[query_head * 8u + 3u] = sum.low[3] * inverse;
  o[query_head * 8u + 4u] = sum.high[0] * inverse;
  o[query_head * 8u + 5u] = sum.high[1] * inverse;
  o[query_head * 8u + 6u] = sum.high[2] * inverse;
  o[query_head * 8u + 7u] = sum.high[3] * inverse;
  statistics[query_head * 2u] = select(0.0, largest + log(total), found);
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
  var sum_0 = Head();
  var sum_1 = Head();
  var total = vec2f();
  var largest = vec2f(NONE);
  for (var s = 0u; s <= last; s++) {
    let at = ((first_row + s) * KV_HEADS + kv_head) * 8u;
    let key = load_k(at);
    let value = load_v(at);
    let score = vec2f(dot32(query_0, key), dot32(query_1, key));
    let seen = vec2<bool>(key_mask[first_row + s] != 0u) & (vec2u(s) <= vec2u(t, last));
    let higher = select(largest, max(largest, score), seen);
    let weight = select(vec2f(), exp(score - higher), seen);
    let shrink = exp(largest - higher);
    largest = higher;
    total = total * shrink + weight;
    sum_0.low = sum_0.low * shrink.x + value.low * weight.x;
    sum_0.high = sum_0.high * shrink.x + value.high * weight.x;
    sum_1.low = sum_1.low * shrink.y + value.low * weight.y;
    sum_1.high = sum_1.high * shrink.y + value.high * weight.y;
  }
  store(query_head.x, sum_0, total.x, largest.x);
  if (last != t) { store(query_head.y, sum_1, total.y, largest.y); }
}
