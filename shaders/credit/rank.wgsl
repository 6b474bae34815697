// y_i = number of used elements of the same answer that stand before x_i when they are sorted (descending 1: largest
// first; ties to the lower index): 0 is the top. Steps (shape 3), usable tokens (shape 4), or all there are (shape 2: neither
// mask nor step_count is read); elements left out get 0.
// x, y [answers, per_answer]. One invocation an element. Twin: src/kernels/credit/rank.ts

const ANSWER = 2u;
const TOKEN = 4u;

fn is_used(n: u32, index: u32) -> bool {
  if (uniforms.shape == ANSWER) { return true; }
  if (uniforms.shape == TOKEN) { return mask[n * uniforms.per_answer + index] != 0u; }
  return index < step_count[n];
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.per_answer) { return; }
  let n = i / uniforms.per_answer;
  let own = i % uniforms.per_answer;
  y[i] = 0.0;
  if (!is_used(n, own)) { return; }
  var before = 0.0;
  for (var index = 0u; index < uniforms.per_answer; index++) {
    if (!is_used(n, index)) { continue; }
    let other = x[n * uniforms.per_answer + index];
    var is_ahead = other > x[i];
    if (uniforms.descending == 0u) { is_ahead = other < x[i]; }
    if (is_ahead || (other == x[i] && index < own)) { before += 1.0; }
  }
  y[i] = before;
}
