// y_i = x of the next (forward 1) or previous (0) step or usable token of the same answer; at the end that has none, edge[n]
// of the answer (has_edge 1) or edge_value. Places left out by step_count or mask get 0 and are skipped.
// x, y [answers, per_answer]; edge [answers]. One invocation an answer. Twin: src/kernels/credit/neighbour.ts

const TOKEN = 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = invocation_index(id);
  if (n >= uniforms.answers) { return; }
  var beside = uniforms.edge_value;
  if (uniforms.has_edge == 1u) { beside = edge[n]; }
  for (var count = 0u; count < uniforms.per_answer; count++) {
    let index = select(count, uniforms.per_answer - 1u - count, uniforms.forward == 1u);
    let i = n * uniforms.per_answer + index;
    var is_used = index < step_count[n];
    if (uniforms.shape == TOKEN) { is_used = mask[i] != 0u; }
    if (is_used) {
      y[i] = beside;
      beside = x[i];
    } else {
      y[i] = 0.0;
    }
  }
}
