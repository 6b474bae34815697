// Linear layer: y = x w^T (+ bias) (+ residual).
// Bindings: x [rows, IN], w [OUT, IN], bias [OUT], residual [rows, OUT] in; y [rows, OUT] out. Uniforms: rows.
// Constants: IN, OUT, HAS_BIAS, HAS_RESIDUAL. One invocation an output; the sum runs over IN in order. The reference variant.
// Twin: src/kernels/linalg/matmulNt.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * OUT) { return; }
  let column = i % OUT;
  let x_start = i / OUT * IN;
  let w_start = column * IN;
  var sum = 0.0;
  for (var k = 0u; k < IN; k++) { sum += x[x_start + k] * w[w_start + k]; }
  if (HAS_BIAS != 0u) { sum += bias[column]; }
  if (HAS_RESIDUAL != 0u) { sum += residual[i]; }
  y[i] = sum;
}
