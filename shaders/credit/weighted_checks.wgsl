// y[n,k] = sum over checks c of w_c checks[n,k,c] with w_c = exp(-alpha rate_c) / (N_c + delta) and
// N_c = sum over checks d of exp(-(rate_c - rate_d)^2 / (2 sigma^2)), d = c included; rates of the answer's problem.
// checks [answers, steps, kinds], rates [problems, kinds], y [answers, steps], 0 at steps the answer does not have.
// One invocation a step. Twin: src/kernels/credit/weightedChecks.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.steps) { return; }
  let n = i / uniforms.steps;
  y[i] = 0.0;
  if (i % uniforms.steps >= step_count[n]) { return; }
  let start = problem_of_answer[n] * uniforms.kinds;
  var sum = 0.0;
  for (var c = 0u; c < uniforms.kinds; c++) {
    var density = 0.0;
    for (var d = 0u; d < uniforms.kinds; d++) {
      let apart = (rates[start + c] - rates[start + d]) / uniforms.sigma;
      density += exp(-0.5 * apart * apart);
    }
    sum += exp(-uniforms.alpha * rates[start + c]) / (density + uniforms.delta) * checks[i * uniforms.kinds + c];
  }
  y[i] = sum;
}
