// Value loss of each token, 0.5 max((v - R)^2, (clip(v) - R)^2) with clip(v) = clamp(v, old - clip, old + clip) where CLIPPED is 1,
// else 0.5 (v - R)^2; gradient W (v - R), 0 where the clipped branch is strictly larger (Schulman's PPO code; 0.5 included).
// Bindings: values, old_values, returns, weights [count] in; loss, d_values, flags [count] out. Uniforms: count, clip.
// flags: 1 where the clipped branch is strictly larger. One invocation a token. A token of weight 0 gives 0, whatever its inputs hold.
// Twin: src/kernels/loss/valueLoss.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.count) { return; }
  loss[i] = 0.0;
  d_values[i] = 0.0;
  flags[i] = 0u;
  if (weights[i] == 0.0) { return; }
  let error = values[i] - returns[i];
  var square = error * error;
  var slope = error;
  if (CLIPPED != 0u) {
    let clipped_error = clamp(values[i], old_values[i] - uniforms.clip, old_values[i] + uniforms.clip) - returns[i];
    if (clipped_error * clipped_error > square) {
      square = clipped_error * clipped_error;
      slope = 0.0;
      flags[i] = 1u;
    }
  }
  loss[i] = 0.5 * square;
  d_values[i] = slope * weights[i];
}
