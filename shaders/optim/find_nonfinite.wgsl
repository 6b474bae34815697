// First stage of looking for a value that is not finite: partials[i] = the first index among i, i+PARTIALS, i+2 PARTIALS, ...
// whose value is NaN or infinite, 0xffffffff where there is none. By exponent bits: comparisons with NaN can't be trusted.
// Bindings: values [count] in; partials [PARTIALS] out. Uniforms: count. One invocation a partial.
// Twin: src/kernels/optim/findNonfinite.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let index = invocation_index(id);
  if (index >= PARTIALS) { return; }
  var found = 0xffffffffu;
  for (var i = index; i < uniforms.count; i += PARTIALS) {
    if ((bitcast<u32>(values[i]) & 0x7f800000u) == 0x7f800000u) {
      found = i;
      break;
    }
  }
  partials[index] = found;
}
