// Embedding, backward: dtable[v] += sum of dy[row] over the rows whose token is v; one invocation owns four columns of
// the whole table and walks the rows in order (WIDTH a multiple of 4; dy and dtable are vec4f). VOCAB times less
// work than an invocation an element, at VOCAB times less parallelism.
// Bindings: tokens [rows], dy [rows, WIDTH] in; dtable [VOCAB, WIDTH] in and out. Uniforms: rows.
// Twin: src/kernels/transformer/embeddingGrad.ts

const QUADS: u32 = WIDTH / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = invocation_index(id);
  if (column >= QUADS) { return; }
  for (var row = 0u; row < uniforms.rows; row++) {
    dtable[tokens[row] * QUADS + column] += dy[row * QUADS + column];
  }
}
