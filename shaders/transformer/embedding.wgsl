// Embedding: y[row] = table[tokens[row]].
// Bindings: tokens [rows], table [VOCAB, WIDTH] in; y [rows, WIDTH] out. Uniforms: rows. One invocation an element.
// Twin: src/kernels/transformer/embedding.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * WIDTH) { return; }
  y[i] = table[tokens[i / WIDTH] * WIDTH + i % WIDTH];
}
