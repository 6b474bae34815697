// RMSNorm: y = x * weight / sqrt(mean(x^2) + epsilon); the inverse root mean square is kept for the backward pass.
// Bindings: x [rows, WIDTH], weight [WIDTH] in; y [rows, WIDTH], inverse_rms [rows] out. Uniforms: rows, epsilon.
// One invocation a row, four columns at a time (WIDTH a multiple of 4; x, weight and y are vec4f).
// Twin: src/kernels/transformer/rmsnorm.ts

const QUADS: u32 = WIDTH / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let first = row * QUADS;
  var squares = 0.0;
  for (var j = 0u; j < QUADS; j++) {
    let part = x[first + j];
    squares += dot(part, part);
  }
  let inverse = 1.0 / sqrt(squares / f32(WIDTH) + uniforms.epsilon);
  inverse_rms[row] = inverse;
  for (var j = 0u; j < QUADS; j++) { y[first + j] = x[first + j] * inverse * weight[j]; }
}
