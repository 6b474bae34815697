// y_i = x_i + factor_i * y_j along an answer, over its steps (shape 3) or its usable tokens (shape 4), where j is the next one
// (forward 0, from the end) or the previous one (forward 1, from the start). Nothing stands beyond the first and the last.
// Places left out by step_count or mask get 0 and are skipped.
// x, factor, y [answers, per_answer]. One invocation an answer. Twin: src/kernels/credit/carry.ts

const TOKEN = 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = invocation_index(id);
  if (n >= uniforms.answers) { return; }
  var running = 0.0;
  for (var count = 0u; count < uniforms.per_answer; count++) {
    let index = select(uniforms.per_answer - 1u - count, count, uniforms.forward == 1u);
    let i = n * uniforms.per_answer + index;
    var is_used = index < step_count[n];
    if (uniforms.shape == TOKEN) { is_used = mask[i] != 0u; }
    if (is_used) {
      running = x[i] + factor[i] * running;
      y[i] = running;
    } else {
      y[i] = 0.0;
    }
  }
}
