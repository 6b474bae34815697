// Gradient of a linear layer's weights: dw += dy^T x.
// Bindings: dy [rows, OUT], x [rows, IN] in; dw [OUT, IN] in and out. Uniforms: rows.
// Constants: IN, OUT. One invocation a weight; the sum runs over rows in order. The reference variant.
// Twin: src/kernels/linalg/matmulTn.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= OUT * IN) { return; }
  let dy_column = i / IN;
  let x_column = i % IN;
  var sum = 0.0;
  for (var row = 0u; row < uniforms.rows; row++) { sum += dy[row * OUT + dy_column] * x[row * IN + x_column]; }
  dw[i] += sum;
}
