// A_t = r_t + gamma V_(t+1) - V_t + gamma lambda A_(t+1) over the usable tokens of an answer, from its end; 0 elsewhere.
// has_end = 0: the value after the last token is 0, terminal and bootstrap are not read (any buffer may be bound).
// has_end = 1: it is bootstrap[n], and nothing follows a token whose terminal is not 0.
// rewards, values, mask, terminal, advantages [answers, width]. One invocation an answer. Twin: src/kernels/credit/gae.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = invocation_index(id);
  if (n >= uniforms.answers) { return; }
  var next = 0.0;
  if (uniforms.has_end == 1u) { next = bootstrap[n]; }
  var carried = 0.0;
  for (var index = uniforms.width; index > 0u; index--) {
    let i = n * uniforms.width + index - 1u;
    if (mask[i] == 0u) { advantages[i] = 0.0; continue; }
    if (uniforms.has_end == 1u) {
      if (terminal[i] != 0.0) { next = 0.0; carried = 0.0; }
    }
    carried = rewards[i] + uniforms.gamma * next - values[i] + uniforms.gamma * uniforms.lambda * carried;
    next = values[i];
    advantages[i] = carried;
  }
}
