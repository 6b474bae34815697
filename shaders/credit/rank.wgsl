// y_i = number of used elements of the same answer that stand before x_i when they are sorted (descending 1: largest
// first; ties to the lower index): 0 is the top. Steps (shape 3), usable tokens (shape 4), or all there are (shape 2: neither
// mask nor step_count is read); elements left out get 0.
// x, y [answers, per_answer]. One invocation an element. Twin: src/kernels/credit/rank.ts

const STEP = 3u;
const TOKEN = 4u;

fn is_used(i: u32) -> bool {
  return uniforms.shape != TOKEN || mask[i] != 0u;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.per_answer) { return; }
  let n = i / uniforms.per_answer;
  let start = n * uniforms.per_answer;
  var end = start + uniforms.per_answer;
  if (uniforms.shape == STEP) { end = start + step_count[n]; }
  y[i] = 0.0;
  if (i >= end || !is_used(i)) { return; }
  let sign = select(1.0, -1.0, uniforms.descending == 1u);
  let own = sign * x[i];
  var before = 0u;
  // an earlier one stands before this one where it is equal, a later one only where it is smaller
  for (var j = start; j < i; j++) { before += select(0u, 1u, is_used(j) & (sign * x[j] <= own)); }
  for (var j = i + 1u; j < end; j++) { before += select(0u, 1u, is_used(j) & (sign * x[j] < own)); }
  y[i] = f32(before);
}
