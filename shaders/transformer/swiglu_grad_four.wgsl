// SwiGLU, backward: with s = sigmoid(gate), dgate = dy * up * s * (1 + gate * (1 - s)) and dup = dy * gate * s; four
// neighbouring elements an invocation; a count that is no multiple of 4 leaves the last invocation short.
// Bindings: gate, up, dy [count] in; dgate, dup [count] out. Uniforms: count.
// Twin: src/kernels/transformer/swigluGrad.ts

fn store(i: u32, d_gate: f32, d_up: f32) {
  if (i >= uniforms.count) { return; }
  dgate[i] = d_gate;
  dup[i] = d_up;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id) * 4u;
  if (i >= uniforms.count) { return; }
  let g = vec4f(gate[i], gate[i + 1u], gate[i + 2u], gate[i + 3u]);
  let u = vec4f(up[i], up[i + 1u], up[i + 2u], up[i + 3u]);
  let d = vec4f(dy[i], dy[i + 1u], dy[i + 2u], dy[i + 3u]);
  let s = 1.0 / (1.0 + exp(-g));
  let d_gate = d * u * s * (1.0 + g * (1.0 - s));
  let d_up = d * g * s;
  store(i, d_gate.x, d_up.x);
  store(i + 1u, d_gate.y, d_up.y);
  store(i + 2u, d_gate.z, d_up.z);
  store(i + 3u, d_gate.w, d_up.w);
}
