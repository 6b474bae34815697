// First stage of sum values * weights: partials[i] = terms i, i+PARTIALS, i+2 PARTIALS, ... in that order (no atomics).
// Bindings: values, weights [count] in; partials [PARTIALS] out. Uniforms: count. One invocation a partial.
// A term of weight 0 is left out, whatever its value holds.
// Twin: src/kernels/loss/maskedSumPartial.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let index = invocation_index(id);
  if (index >= PARTIALS) { return; }
  var sum = 0.0;
  for (var i = index; i < uniforms.count; i += PARTIALS) {
    if (weights[i] != 0.0) { sum += values[i] * weights[i]; }
  }
  partials[index] = sum;
}
