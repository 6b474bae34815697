// Backward of take_span: dx[b, start + t] = dy[b, t], zero outside the span; writes all of dx. dy and dx are vec4f (WIDTH a multiple of 4).
// Bindings: dy [batch, span, WIDTH] in; dx [batch, length, WIDTH] out. Uniforms: batch, length, start, span.
// One invocation for four columns of dx. Twin: src/kernels/transformer/takeSpanGrad.ts

const QUADS: u32 = WIDTH / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.batch * uniforms.length * QUADS) { return; }
  let row = i / QUADS;
  let b = row / uniforms.length;
  let t = row % uniforms.length;
  var value = vec4f();
  if (t >= uniforms.start && t < uniforms.start + uniforms.span) {
    value = dy[(b * uniforms.span + t - uniforms.start) * QUADS + i % QUADS];
  }
  dx[i] = value;
}
