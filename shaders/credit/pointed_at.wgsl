// y_i = 1 where some usable token j with flag_j not 0 points back at i, that is j - distance_j = i and distance_j > 0;
// else 0. Distances reach at most `back` columns. flag, distance, mask, y [answers, width]. One invocation a token.
// Twin: src/kernels/credit/pointedAt.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.width) { return; }
  let end = (i / uniforms.width + 1u) * uniforms.width;
  y[i] = 0.0;
  for (var j = i + 1u; j < min(end, i + uniforms.back + 1u); j++) {
    if (mask[j] != 0u && flag[j] != 0.0 && distance[j] == f32(j - i)) { y[i] = 1.0; }
  }
}
