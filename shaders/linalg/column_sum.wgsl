// Gradient of a bias: sums[j] += sum over rows of x[row, j].
// Bindings: x [rows, WIDTH] in; sums [WIDTH] in and out. Uniforms: rows. Constants: WIDTH.
// One invocation a column, rows in order: neighbours read neighbouring addresses, and the order of additions is fixed.
// Twin: src/kernels/linalg/columnSum.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = invocation_index(id);
  if (column >= WIDTH) { return; }
  var sum = 0.0;
  for (var row = 0u; row < uniforms.rows; row++) { sum += x[row * WIDTH + column]; }
  sums[column] += sum;
}
