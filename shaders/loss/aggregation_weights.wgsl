// Weight of each token in the loss, loss = sum W * per_token_loss: W = mask * coefficient, divided by the row's own number of
// tokens where DIVIDE_BY_LENGTH is 1. The five aggregation modes are five coefficients: src/kernels/loss/aggregationWeights.ts.
// Bindings: mask [rows,length] in; weights [rows,length] out. Uniforms: rows, length, coefficient. One invocation a row.
// Twin: src/kernels/loss/aggregationWeights.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.length;
  var tokens = 0u;
  for (var t = 0u; t < uniforms.length; t++) { tokens += select(0u, 1u, mask[start + t] != 0u); }
  var weight = uniforms.coefficient;
  if (DIVIDE_BY_LENGTH != 0u) { weight /= f32(max(tokens, 1u)); }
  for (var t = 0u; t < uniforms.length; t++) { weights[start + t] = select(0.0, weight, mask[start + t] != 0u); }
}
