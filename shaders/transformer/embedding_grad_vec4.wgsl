// Embedding, backward: dtable[v] += sum of dy[row] over the rows whose token is v; four columns an invocation
// (WIDTH a multiple of 4; dy and dtable are vec4f), rows in order.
// Bindings: tokens [rows], dy [rows, WIDTH] in; dtable [VOCAB, WIDTH] in and out. Uniforms: rows.
// Twin: src/kernels/transformer/embeddingGrad.ts

const QUADS: u32 = WIDTH / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= VOCAB * QUADS) { return; }
  let token = i / QUADS;
  let column = i % QUADS;
  var sum = vec4f();
  for (var row = 0u; row < uniforms.rows; row++) {
    if (tokens[row] == token) { sum += dy[row * QUADS + column]; }
  }
  dtable[i] += sum;
}
