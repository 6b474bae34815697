// RMSNorm, backward to the weight: dweight_j += sum over rows of dy_j x_j inverse_rms[row].
// Bindings: x [rows, WIDTH], inverse_rms [rows], dy [rows, WIDTH] in; dweight [WIDTH] in and out. Uniforms: rows.
// One invocation a column, rows in order. Twin: src/kernels/transformer/rmsnormGradWeight.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = invocation_index(id);
  if (column >= WIDTH) { return; }
  var sum = 0.0;
  for (var row = 0u; row < uniforms.rows; row++) {
    let at = row * WIDTH + column;
    sum += dy[at] * x[at] * inverse_rms[row];
  }
  dweight[column] += sum;
}
