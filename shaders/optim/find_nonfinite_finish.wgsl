// Second stage: first[slot] = smallest of the partials, 0xffffffff where all values are finite.
// Bindings: partials [PARTIALS] in; first [> slot] in and out. Uniforms: slot. One invocation in all.
// Twin: src/kernels/optim/findNonfiniteFinish.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x != 0u) { return; }
  var smallest = 0xffffffffu;
  for (var i = 0u; i < PARTIALS; i++) { smallest = min(smallest, partials[i]); }
  first[uniforms.slot] = smallest;
}
