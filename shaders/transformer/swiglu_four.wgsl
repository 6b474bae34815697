// SwiGLU: y = silu(gate) * up, four neighbouring elements an invocation; a count that is no multiple of 4 leaves the
// last invocation short.
// Bindings: gate, up [count] in; y [count] out. Uniforms: count.
// Twin: src/kernels/transformer/swiglu.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id) * 4u;
  if (i >= uniforms.count) { return; }
  let g = vec4f(gate[i], gate[i + 1u], gate[i + 2u], gate[i + 3u]);
  let u = vec4f(up[i], up[i + 1u], up[i + 2u], up[i + 3u]);
  let result = g / (1.0 + exp(-g)) * u;
  y[i] = result.x;
  if (i + 1u < uniforms.count) { y[i + 1u] = result.y; }
  if (i + 2u < uniforms.count) { y[i + 2u] = result.z; }
  if (i + 3u < uniforms.count) { y[i + 3u] = result.w; }
}
