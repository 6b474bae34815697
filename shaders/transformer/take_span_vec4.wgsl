// Takes rows start .. start + span of every sequence: y[b, t] = x[b, start + t]. x and y are vec4f (WIDTH a multiple of 4).
// Bindings: x [batch, length, WIDTH] in; y [batch, span, WIDTH] out. Uniforms: batch, length, start, span.
// One invocation for four columns of y. Twin: src/kernels/transformer/takeSpan.ts

const QUADS: u32 = WIDTH / 4u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.batch * uniforms.span * QUADS) { return; }
  let row = i / QUADS;
  let b = row / uniforms.span;
  let t = uniforms.start + row % uniforms.span;
  y[i] = x[(b * uniforms.length + t) * QUADS + i % QUADS];
}
