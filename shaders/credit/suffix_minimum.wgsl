// y_i = min(x_i, y_(i+1)) along an answer, from its end: over its steps (shape 3) or its usable tokens (shape 4).
// Elements left out get 0 and are skipped, or, with padding_counts = 1, enter the minimum as 0.
// x, y [answers, per_answer]. One invocation an answer. Twin: src/kernels/credit/suffixMinimum.ts

const TOKEN = 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = invocation_index(id);
  if (n >= uniforms.answers) { return; }
  var is_empty = true;
  var running = 0.0;
  for (var index = uniforms.per_answer; index > 0u; index--) {
    let i = n * uniforms.per_answer + index - 1u;
    var is_used = index <= step_count[n];
    if (uniforms.shape == TOKEN) { is_used = mask[i] != 0u; }
    y[i] = 0.0;
    if (!is_used && uniforms.padding_counts == 0u) { continue; }
    var value = 0.0;
    if (is_used) { value = x[i]; }
    if (is_empty || value < running) { running = value; }
    is_empty = false;
    if (is_used) { y[i] = running; }
  }
}
