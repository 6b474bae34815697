// Takes rows start .. start + span of every sequence: y[b, t] = x[b, start + t].
// Bindings: x [batch, length, WIDTH] in; y [batch, span, WIDTH] out. Uniforms: batch, length, start, span.
// One invocation an element of y. Twin: src/kernels/transformer/takeSpan.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.batch * uniforms.span * WIDTH) { return; }
  let row = i / WIDTH;
  let b = row / uniforms.span;
  let t = uniforms.start + row % uniforms.span;
  y[i] = x[(b * uniforms.length + t) * WIDTH + i % WIDTH];
}
