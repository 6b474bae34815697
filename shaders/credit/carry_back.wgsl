// y_i = x_i + factor_i * y_(i+1) along an answer, from its end: over its steps (shape 3) or its usable tokens (shape 4).
// Nothing follows the last one. Places left out by step_count or mask get 0 and are skipped.
// x, factor, y [answers, per_answer]. One invocation an answer. Twin: src/kernels/credit/carryBack.ts

const TOKEN = 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = invocation_index(id);
  if (n >= uniforms.answers) { return; }
  var running = 0.0;
  for (var index = uniforms.per_answer; index > 0u; index--) {
    let i = n * uniforms.per_answer + index - 1u;
    var is_used = index <= step_count[n];
    if (uniforms.shape == TOKEN) { is_used = mask[i] != 0u; }
    if (is_used) {
      running = x[i] + factor[i] * running;
      y[i] = running;
    } else {
      y[i] = 0.0;
    }
  }
}
