// KL to a reference inside the loss (GRPO): loss += beta kl(x), d_logprob += beta W dkl/dlogprob, x = logprob - ref_logprob.
// Bindings: logprobs, ref_logprobs, weights [count] in; kl [count] out; loss, d_logprob [count] in and out.
// Uniforms: count, beta, log_ratio_limit, cap. Constant KIND and the estimators: kl_estimate.wgsl, in front of this file.
// One invocation a token. A token of weight 0 has kl 0 and adds nothing.
// Twin: src/kernels/loss/klPenalty.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.count) { return; }
  kl[i] = 0.0;
  if (weights[i] == 0.0) { return; }
  let estimate = kl_estimate(logprobs[i] - ref_logprobs[i], uniforms.log_ratio_limit, uniforms.cap);
  kl[i] = estimate.x;
  loss[i] += uniforms.beta * estimate.x;
  d_logprob[i] += uniforms.beta * weights[i] * estimate.y;
}
