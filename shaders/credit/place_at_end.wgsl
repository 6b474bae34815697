// y[n,t] = x of the answer (shape 2: x[n]) at its last usable token, or of the step (shape 3: x[n,steps]) at each step's
// last usable token; 0 elsewhere. y [answers, width]. One invocation an answer. Twin: src/kernels/credit/placeAtEnd.ts

const ANSWER = 2u;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = invocation_index(id);
  if (n >= uniforms.answers) { return; }
  var following = -1;
  var is_last = true;
  for (var index = uniforms.width; index > 0u; index--) {
    let i = n * uniforms.width + index - 1u;
    y[i] = 0.0;
    if (mask[i] == 0u) { continue; }
    let step = step_of_token[i];
    if (uniforms.shape == ANSWER) {
      if (is_last) { y[i] = x[n]; }
    } else if (step >= 0 && step != following) {
      y[i] = x[n * uniforms.steps + u32(step)];
    }
    is_last = false;
    following = step;
  }
}
