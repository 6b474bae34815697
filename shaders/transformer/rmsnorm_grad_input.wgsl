// RMSNorm, backward to the input: dx_j (+)= r w_j dy_j - x_j r^3 / WIDTH * sum_k w_k dy_k x_k, r = inverse_rms[row].
// Bindings: x [rows, WIDTH], weight [WIDTH], inverse_rms [rows], dy [rows, WIDTH] in; dx [rows, WIDTH] out.
// Uniforms: rows, accumulate (0 writes, 1 adds). One invocation a row. Twin: src/kernels/transformer/rmsnormGradInput.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let first = row * WIDTH;
  var product = 0.0;
  for (var j = 0u; j < WIDTH; j++) { product += weight[j] * dy[first + j] * x[first + j]; }
  let inverse = inverse_rms[row];
  let along = inverse * inverse * inverse * product / f32(WIDTH);
  for (var j = 0u; j < WIDTH; j++) {
    let grad = inverse * weight[j] * dy[first + j] - along * x[first + j];
    if (uniforms.accumulate == 0u) { dx[first + j] = grad; } else { dx[first + j] += grad; }
  }
}
