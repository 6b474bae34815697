// Second stage of sum values * weights, one invocation, fixed order: totals[slot] = sum of partials, added to what is there
// where accumulate is 1 (micro-batches).
// Bindings: partials [PARTIALS] in; totals [> slot] in and out. Uniforms: slot, accumulate.
// Twin: src/kernels/loss/maskedSumFinish.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x != 0u) { return; }
  var sum = 0.0;
  for (var i = 0u; i < PARTIALS; i++) { sum += partials[i]; }
  if (uniforms.accumulate != 0u) { sum += totals[uniforms.slot]; }
  totals[uniforms.slot] = sum;
}
