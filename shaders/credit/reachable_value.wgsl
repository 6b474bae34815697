// v_k = max(0, v_(k-1) + (1 - v_(k-1)) reachable_k / (rest_k + 1)) over the steps of an answer, v before the first step 0;
// 0 at steps the answer does not have. rest, reachable, y [answers, steps]. One invocation an answer.
// Twin: src/kernels/credit/reachableValue.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = invocation_index(id);
  if (n >= uniforms.answers) { return; }
  var value = 0.0;
  for (var step = 0u; step < uniforms.steps; step++) {
    let i = n * uniforms.steps + step;
    y[i] = 0.0;
    if (step >= step_count[n]) { continue; }
    value = max(0.0, value + (1.0 - value) * reachable[i] / (rest[i] + 1.0));
    y[i] = value;
  }
}
