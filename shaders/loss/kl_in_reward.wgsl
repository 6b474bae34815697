// KL penalty in the reward (Ziegler et al., 2019): reward of token t = -coefficient kl_t, plus the row's score on its last token;
// kl_t estimates KL from old_logprob - ref_logprob. sequence_kl = mean of kl_t over the row's tokens (verl), 0 without tokens.
// Bindings: old_logprobs, ref_logprobs, mask [rows,length], scores [rows] in; token_rewards [rows,length], sequence_kl [rows] out.
// Uniforms: rows, length, coefficient, log_ratio_limit, cap. Constant KIND and the estimators: kl_estimate.wgsl, in front of this file.
// One invocation a row. Rewards are 0 where masked out; the score of a row without tokens goes nowhere.
// Twin: src/kernels/loss/klInReward.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.length;
  var total = 0.0;
  var tokens = 0u;
  var last = 0xffffffffu;
  for (var i = start; i < start + uniforms.length; i++) {
    token_rewards[i] = 0.0;
    if (mask[i] == 0u) { continue; }
    let kl = kl_estimate(old_logprobs[i] - ref_logprobs[i], uniforms.log_ratio_limit, uniforms.cap).x;
    token_rewards[i] = -uniforms.coefficient * kl;
    total += kl;
    tokens++;
    last = i;
  }
  if (last != 0xffffffffu) { token_rewards[last] += scores[row]; }
  sequence_kl[row] = total / f32(max(tokens, 1u));
}
