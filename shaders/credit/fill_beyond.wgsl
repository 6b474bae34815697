// y[n,t] = x[n,t] at usable tokens, fill[n] at all other columns of the answer's row.
// x, mask, y [answers, width]; fill [answers]. One invocation an element. Twin: src/kernels/credit/fillBeyond.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.width) { return; }
  if (mask[i] != 0u) { y[i] = x[i]; } else { y[i] = fill[i / uniforms.width]; }
}
