// Attention, backward: statistics[row, head, 1] = d_o.o of each head, which both other backward kernels subtract.
// Bindings: d_o, o [rows, HEADS, HEAD_DIM] in; statistics [rows, HEADS, 2] in and out. Uniforms: rows.
// One invocation a (row, head). HEAD_DIM a multiple of 4; d_o and o are vec4f.
// Twin: src/kernels/transformer/attentionGradDelta.ts

const QUADS: u32 = HEAD_DIM / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * HEADS) { return; }
  var delta = 0.0;
  for (var d = i * QUADS; d < (i + 1u) * QUADS; d++) { delta += dot(d_o[d], o[d]); }
  statistics[i * 2u + 1u] = delta;
}
