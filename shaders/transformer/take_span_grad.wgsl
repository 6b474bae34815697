// Backward of take_span: dx[b, start + t] = dy[b, t], zero outside the span; writes all of dx.
// Bindings: dy [batch, span, WIDTH] in; dx [batch, length, WIDTH] out. Uniforms: batch, length, start, span.
// One invocation an element of dx. Twin: src/kernels/transformer/takeSpanGrad.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.batch * uniforms.length * WIDTH) { return; }
  let row = i / WIDTH;
  let b = row / uniforms.length;
  let t = row % uniforms.length;
  var value = 0.0;
  if (t >= uniforms.start && t < uniforms.start + uniforms.span) {
    value = dy[(b * uniforms.span + t - uniforms.start) * WIDTH + i % WIDTH];
  }
  dx[i] = value;
}
