// Embedding: y[row] = table[tokens[row]], four columns an invocation (WIDTH a multiple of 4; table and y are vec4f).
// Bindings: tokens [rows], table [VOCAB, WIDTH] in; y [rows, WIDTH] out. Uniforms: rows.
// Twin: src/kernels/transformer/embedding.ts

const QUADS: u32 = WIDTH / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * QUADS) { return; }
  y[i] = table[tokens[i / QUADS] * QUADS + i % QUADS];
}
