// RMSNorm: y = x * weight / sqrt(mean(x^2) + epsilon); the inverse root mean square is kept for the backward pass.
// Bindings: x [rows, WIDTH], weight [WIDTH] in; y [rows, WIDTH], inverse_rms [rows] out. Uniforms: rows, epsilon.
// One invocation a row: no barrier. Twin: src/kernels/transformer/rmsnorm.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let first = row * WIDTH;
  var squares = 0.0;
  for (var j = 0u; j < WIDTH; j++) { squares += x[first + j] * x[first + j]; }
  let inverse = 1.0 / sqrt(squares / f32(WIDTH) + uniforms.epsilon);
  inverse_rms[row] = inverse;
  for (var j = 0u; j < WIDTH; j++) { y[first + j] = x[first + j] * inverse * weight[j]; }
}
