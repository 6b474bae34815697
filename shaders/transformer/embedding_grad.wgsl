// Embedding, backward: dtable[v] += sum of dy[row] over the rows whose token is v.
// Bindings: tokens [rows], dy [rows, WIDTH] in; dtable [VOCAB, WIDTH] in and out. Uniforms: rows.
// One invocation an element of dtable, rows in order: no atomics, the same sum bit for bit every time.
// Twin: src/kernels/transformer/embeddingGrad.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= VOCAB * WIDTH) { return; }
  let token = i / WIDTH;
  let column = i % WIDTH;
  var sum = 0.0;
  for (var row = 0u; row < uniforms.rows; row++) {
    if (tokens[row] == token) { sum += dy[row * WIDTH + column]; }
  }
  dtable[i] += sum;
}
