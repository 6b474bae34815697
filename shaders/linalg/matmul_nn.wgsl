// Gradient of a linear layer's input: dx = dy w, added to dx where accumulate is 1.
// Bindings: dy [rows, OUT], w [OUT, IN] in; dx [rows, IN] in and out. Uniforms: rows, accumulate.
// Constants: IN, OUT. One invocation an output; the sum runs over OUT in order. The reference variant.
// Twin: src/kernels/linalg/matmulNn.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * IN) { return; }
  let column = i % IN;
  let dy_start = i / IN * OUT;
  var sum = 0.0;
  for (var k = 0u; k < OUT; k++) { sum += dy[dy_start + k] * w[k * IN + column]; }
  if (uniforms.accumulate != 0u) { sum += dx[i]; }
  dx[i] = sum;
}
