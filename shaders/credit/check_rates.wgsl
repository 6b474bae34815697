// rates[p,c] = share of the steps of problem p's answers that pass check c; 0 for a problem without steps.
// checks [answers, steps, checks], 0 or 1. One invocation a problem and check. Twin: src/kernels/credit/checkRates.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.problems * uniforms.kinds) { return; }
  var sum = 0.0;
  var count = 0.0;
  for (var n = 0u; n < uniforms.answers; n++) {
    if (problem_of_answer[n] != i / uniforms.kinds) { continue; }
    for (var step = 0u; step < step_count[n]; step++) {
      sum += checks[(n * uniforms.steps + step) * uniforms.kinds + i % uniforms.kinds];
      count += 1.0;
    }
  }
  rates[i] = sum / max(count, 1.0);
}
