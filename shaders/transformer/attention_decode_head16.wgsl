// Attention of one new query a sequence over the cache, for HEAD_DIM 16: slots 0 .. position whose mask is 1.
// No such slot gives o = 0.
// Bindings: q [rows, HEADS, 16], k_cache and v_cache [rows, CAPACITY, KV_HEADS, 16], key_mask [rows, CAPACITY] in;
// o like q out; all but key_mask are vec4f. Uniforms: rows, position. One invocation a (row, head).
// Twin: src/kernels/transformer/attentionDecode.ts

const SCALE: f32 = 0.25;
const NONE: f32 = -3.0e38; // finite: exp(NONE - score) is 0 for the first key

// mat4x4f stands for 16 numbers: a private array with a running index is what costs on SwiftShader, registers are not.
fn dot16(a: mat4x4f, b: mat4x4f) -> f32 { return dot(a[0], b[0]) + dot(a[1], b[1]) + dot(a[2], b[2]) + dot(a[3], b[3]); }
fn load_q(i: u32) -> mat4x4f { return mat4x4f(q[i], q[i + 1u], q[i + 2u], q[i + 3u]); }
fn load_k(i: u32) -> mat4x4f { return mat4x4f(k_cache[i], k_cache[i + 1u], k_cache[i + 2u], k_cache[i + 3u]); }
fn load_v(i: u32) -> mat4x4f { return mat4x4f(v_cache[i], v_cache[i + 1u], v_cache[i + 2u], v_cache[i + 3u]); }

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * HEADS) { return; }
  let first_slot = i / HEADS * CAPACITY;
  let kv_head = i % HEADS / (HEADS / KV_HEADS);
  let query = load_q(i * 4u) * SCALE;
  var sum = mat4x4f();
  var total = 0.0;
  var largest = NONE;
  let slots = min(uniforms.position + 1u, CAPACITY);
  for (var s = 0u; s < slots; s++) {
    let at = ((first_slot + s) * KV_HEADS + kv_head) * 4u;
    let score = dot16(query, load_k(at));
    let seen = key_mask[first_slot + s] != 0u;
    let higher = select(largest, max(largest, score), seen);
    let weight = select(0.0, exp(score - higher), seen);
    let shrink = exp(largest - higher);
    largest = higher;
    total = total * shrink + weight;
    sum = sum * shrink + load_v(at) * weight;
  }
  let inverse = select(0.0, 1.0 / total, largest > NONE);
  o[i * 4u] = sum[0] * inverse;
  o[i * 4u + 1u] = sum[1] * inverse;
  o[i * 4u + 2u] = sum[2] * inverse;
  o[i * 4u + 3u] = sum[3] * inverse;
}
