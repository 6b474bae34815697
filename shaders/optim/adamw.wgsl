// AdamW (Loshchilov and Hutter, 2019) as torch.optim.AdamW, on a flat buffer; g = gradient * clip scale:
// p -= learning_rate weight_decay p; m = beta1 m + (1-beta1) g; v = beta2 v + (1-beta2) g^2;
// p -= learning_rate (m/correction1) / (sqrt(v/correction2) + epsilon), correction = 1 - beta^step.
// Bindings: parameters, first_moment, second_moment [count] in and out; gradients [count], norm [4] in (optim/norm_finish).
// Uniforms: count, learning_rate, decay (= learning_rate weight_decay), beta1, rest1 (= 1-beta1), beta2, rest2, correction1,
// correction2, epsilon. The differences come from the host in float64: 1 - 0.999 in float32 is off by 5e-5.
// One invocation an element. Padding (gradient, parameter and moments all 0) stays 0. A flagged gradient changes nothing.
// Twin: src/kernels/optim/adamw.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.count || norm[2] != 0.0) { return; }
  let gradient = gradients[i] * norm[1];
  let first = uniforms.beta1 * first_moment[i] + uniforms.rest1 * gradient;
  let second = uniforms.beta2 * second_moment[i] + uniforms.rest2 * gradient * gradient;
  first_moment[i] = first;
  second_moment[i] = second;
  let decayed = parameters[i] - uniforms.decay * parameters[i];
  let denominator = sqrt(second / uniforms.correction2) + uniforms.epsilon;
  parameters[i] = decayed - uniforms.learning_rate * (first / uniforms.correction1) / denominator;
}
