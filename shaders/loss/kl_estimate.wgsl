// Part of kl_penalty and kl_in_reward, no kernel of its own: the per-token KL estimators of Schulman ("Approximating KL
// divergence", 2020) as (value, slope with respect to logprob), x = logprob - ref_logprob:
// KIND 0 k1: x. 1 k2: x^2/2. 2 k3: exp(-x) + x - 1. 3 abs: |x|. 4 k1+, 5 k3+: value of k1, k3 with the slope of k2.
// log_ratio_limit (0 off) clamps x first, slope 0 outside; cap (0 off) is the largest value of k3, where its own slope is 0.
// Numbers: exp(y) - y - 1 cancels for small y, so a series takes over below 1/8; the slope 1 - exp(-x) is x - k3.
// Twin: src/kernels/loss/klEstimate.ts

fn exp_minus_linear(y: f32) -> f32 {
  if (abs(y) > 0.125) { return exp(y) - y - 1.0; }
  return y * y * (0.5 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0 + y / 720.0))));
}

fn kl_estimate(log_ratio: f32, log_ratio_limit: f32, cap: f32) -> vec2f {
  var x = log_ratio;
  var inside = 1.0;
  if (log_ratio_limit > 0.0 && abs(x) > log_ratio_limit) {
    x = clamp(x, -log_ratio_limit, log_ratio_limit);
    inside = 0.0;
  }
  if (KIND == 0u) { return vec2f(x, inside); }
  if (KIND == 1u) { return vec2f(0.5 * x * x, inside * x); }
  if (KIND == 3u) { return vec2f(abs(x), inside * sign(x)); }
  if (KIND == 4u) { return vec2f(x, inside * x); }
  let value = exp_minus_linear(-x);
  let is_capped = cap > 0.0 && value > cap;
  let own_slope = select(x - value, 0.0, is_capped);
  return vec2f(select(value, cap, is_capped), inside * select(own_slope, x, KIND == 5u));
}
