// Puts new keys or values into the cache: cache[n, position + t] = source[n / repeat, t]; slots past the capacity are
// not written.
// Bindings: source [rows / repeat, length, WIDTH] in; cache [rows, CAPACITY, WIDTH] out.
// Uniforms: rows, length, position, repeat. One invocation an element written. Twin: src/kernels/transformer/cacheAppend.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * uniforms.length * WIDTH) { return; }
  let column = i % WIDTH;
  let t = i / WIDTH % uniforms.length;
  let n = i / (WIDTH * uniforms.length);
  let slot = uniforms.position + t;
  if (slot >= CAPACITY) { return; }
  cache[(n * CAPACITY + slot) * WIDTH + column] = source[(n / uniforms.repeat * uniforms.length + t) * WIDTH + column];
}
