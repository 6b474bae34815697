// RMSNorm, backward to the weight: dweight_j += sum over rows of dy_j x_j inverse_rms[row].
// Bindings: x [rows, WIDTH], inverse_rms [rows], dy [rows, WIDTH] in; dweight [WIDTH] in and out. Uniforms: rows.
// One invocation for four columns, rows in order (WIDTH a multiple of 4; all but inverse_rms are vec4f).
// Twin: src/kernels/transformer/rmsnormGradWeight.ts

const QUADS: u32 = WIDTH / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = invocation_index(id);
  if (column >= QUADS) { return; }
  var sum = vec4f();
  for (var row = 0u; row < uniforms.rows; row++) {
    let at = row * QUADS + column;
    sum += dy[at] * x[at] * inverse_rms[row];
  }
  dweight[column] += sum;
}
