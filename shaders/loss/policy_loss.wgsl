// Policy loss of each token and its gradient, r = exp(logprob - old_logprob), A the advantage, W the token's weight:
// LOSS 0 ppo: -min(r A, clip(r, ratio_min, ratio_max) A); dual clip (Ye et al., 2020): at most -dual_clip A where A < 0.
// LOSS 1 cispo: -stopgrad(clip(r, ratio_min, ratio_max)) A logprob. LOSS 2 reinforce: -A logprob.
// LOSS 3: ppo with the range 1 - s (1 - ratio_min) .. 1 + s (ratio_max - 1), s what `ratio` holds on entry; at s = 1 exactly LOSS 0.
// Bindings: logprobs, old_logprobs, advantages, weights [count] in; loss, d_logprob (= W dloss/dlogprob), ratio, flags [count] out.
// Uniforms: count, ratio_min, ratio_max, dual_clip (0 off), log_ratio_limit (0 off: else |log r| is clamped, gradient 0 outside).
// flags: 1 where the clipped branch is strictly larger (cispo: r outside the range), 2 where the dual clip holds.
// One invocation a token. A token of weight 0 gives 0 everywhere, whatever its inputs hold. GSPO is ppo after loss/sequence_ratio.
// Twin: src/kernels/loss/policyLoss.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.count) { return; }
  let scale = ratio[i];
  loss[i] = 0.0;
  d_logprob[i] = 0.0;
  ratio[i] = 0.0;
  flags[i] = 0u;
  let weight = weights[i];
  if (weight == 0.0) { return; }
  let advantage = advantages[i];
  var log_ratio = logprobs[i] - old_logprobs[i];
  var is_limited = false;
  if (uniforms.log_ratio_limit > 0.0 && abs(log_ratio) > uniforms.log_ratio_limit) {
    is_limited = true;
    log_ratio = clamp(log_ratio, -uniforms.log_ratio_limit, uniforms.log_ratio_limit);
  }
  let r = exp(log_ratio);
  var low = uniforms.ratio_min;
  var high = uniforms.ratio_max;
  if (LOSS == 3u && scale != 1.0) {
    low = 1.0 - scale * (1.0 - low);
    high = 1.0 + scale * (high - 1.0);
  }
  let clipped_r = clamp(r, low, high);
  ratio[i] = r;
  if (LOSS == 0u || LOSS == 3u) {
    let unclipped = -r * advantage;
    let clipped = -clipped_r * advantage;
    var value = max(unclipped, clipped);
    var slope = unclipped;
    var flag = 0u;
    if (clipped > unclipped) {
      slope = 0.0;
      flag = 1u;
    }
    if (advantage < 0.0 && uniforms.dual_clip > 0.0 && value > -uniforms.dual_clip * advantage) {
      value = -uniforms.dual_clip * advantage;
      slope = 0.0;
      flag |= 2u;
    }
    loss[i] = value;
    d_logprob[i] = select(slope * weight, 0.0, is_limited);
    flags[i] = flag;
    return;
  }
  var factor = -advantage;
  if (LOSS == 1u) {
    factor *= clipped_r;
    flags[i] = select(0u, 1u, clipped_r != r);
  }
  loss[i] = factor * logprobs[i];
  d_logprob[i] = factor * weight;
}
