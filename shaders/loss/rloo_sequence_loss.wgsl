// RLOO's loss as in TRL: the whole sequence is one action, r = exp(sum over the row's tokens of (logprob - old_logprob)),
// loss of the row = -min(r A, clip(r, ratio_min, ratio_max) A), A = the row's first advantage (masked or not).
// Bindings: logprobs, old_logprobs, advantages, mask [rows,length] in; loss, ratio, flags [rows], d_logprob [rows,length] out.
// Uniforms: rows, length, ratio_min, ratio_max, coefficient (1 / rows of the whole batch; d_logprob has it, loss has not).
// flags: 1 where the clipped branch is strictly larger. One invocation a row. A row without tokens has r = 1 and no gradient.
// Twin: src/kernels/loss/rlooSequenceLoss.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.length;
  var sum = 0.0;
  for (var i = start; i < start + uniforms.length; i++) {
    if (mask[i] != 0u) { sum += logprobs[i] - old_logprobs[i]; }
  }
  let r = exp(sum);
  let unclipped = -r * advantages[start];
  let clipped = -clamp(r, uniforms.ratio_min, uniforms.ratio_max) * advantages[start];
  ratio[row] = r;
  loss[row] = max(unclipped, clipped);
  flags[row] = select(0u, 1u, clipped > unclipped);
  let slope = select(unclipped, 0.0, clipped > unclipped) * uniforms.coefficient;
  for (var i = start; i < start + uniforms.length; i++) { d_logprob[i] = select(0.0, slope, mask[i] != 0u); }
}
