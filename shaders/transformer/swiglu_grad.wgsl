// SwiGLU, backward: with s = sigmoid(gate), dgate = dy * up * s * (1 + gate * (1 - s)) and dup = dy * gate * s.
// Bindings: gate, up, dy [count] in; dgate, dup [count] out. Uniforms: count. One invocation an element.
// Twin: src/kernels/transformer/swigluGrad.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.count) { return; }
  let g = gate[i];
  let s = 1.0 / (1.0 + exp(-g));
  dgate[i] = dy[i] * up[i] * s * (1.0 + g * (1.0 - s));
  dup[i] = dy[i] * g * s;
}
