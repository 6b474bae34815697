// y_i = x_i + discount * y_(i-1) along an answer, from its start: over its steps (shape 3) or its usable tokens (shape 4).
// Elements left out by mask or step_count get 0 and are skipped.
// x, y [answers, per_answer]. One invocation an answer. Twin: src/kernels/credit/prefixSum.ts

const TOKEN = 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = invocation_index(id);
  if (n >= uniforms.answers) { return; }
  var running = 0.0;
  for (var index = 0u; index < uniforms.per_answer; index++) {
    let i = n * uniforms.per_answer + index;
    var is_used = index < step_count[n];
    if (uniforms.shape == TOKEN) { is_used = mask[i] != 0u; }
    if (is_used) {
      running = x[i] + uniforms.discount * running;
      y[i] = running;
    } else {
      y[i] = 0.0;
    }
  }
}
