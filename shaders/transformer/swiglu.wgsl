// SwiGLU: y = silu(gate) * up, silu(x) = x / (1 + exp(-x)).
// Bindings: gate, up [count] in; y [count] out. Uniforms: count. One invocation an element.
// Twin: src/kernels/transformer/swiglu.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.count) { return; }
  let g = gate[i];
  y[i] = g / (1.0 + exp(-g)) * up[i];
}
