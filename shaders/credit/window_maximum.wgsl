// At each usable token: the largest x among the usable tokens of the `back` columns before it (ties to the earliest), and
// how many columns before it stands. largest = 0 and distance = 0 where the window holds none.
// x, mask, largest, distance [answers, width]. One invocation a token. Twin: src/kernels/credit/windowMaximum.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.width) { return; }
  largest[i] = 0.0;
  distance[i] = 0.0;
  if (mask[i] == 0u) { return; }
  let start = i / uniforms.width * uniforms.width;
  var from_column = start;
  if (i - start > uniforms.back) { from_column = i - uniforms.back; }
  var is_empty = true;
  for (var j = from_column; j < i; j++) {
    if (mask[j] == 0u) { continue; }
    if (is_empty || x[j] > largest[i]) {
      largest[i] = x[j];
      distance[i] = f32(i - j);
    }
    is_empty = false;
  }
}
