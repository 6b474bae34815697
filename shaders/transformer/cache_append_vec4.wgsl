// Puts new keys or values into the cache: cache[n, position + t] = source[n / repeat, t]; slots past the capacity are
// not written. source and cache are vec4f (WIDTH a multiple of 4).
// Bindings: source [rows / repeat, length, WIDTH] in; cache [rows, CAPACITY, WIDTH] out.
// Uniforms: rows, length, position, repeat. One invocation for four columns written. Twin: src/kernels/transformer/cacheAppend.ts

const QUADS: u32 = WIDTH / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * uniforms.length * QUADS) { return; }
  let column = i % QUADS;
  let t = i / QUADS % uniforms.length;
  let n = i / (QUADS * uniforms.length);
  let slot = uniforms.position + t;
  if (slot >= CAPACITY) { return; }
  cache[(n * CAPACITY + slot) * QUADS + column] = source[(n / uniforms.repeat * uniforms.length + t) * QUADS + column];
}
