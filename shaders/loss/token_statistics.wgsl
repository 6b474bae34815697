// Log-softmax fused with its gather: for x = logits/temperature, logsumexp = log sum_v exp x_v,
// logprob = x_target - logsumexp, entropy = -sum_v p_v log p_v in nats (0 log 0 = 0).
// Bindings: logits [rows,VOCAB], targets [rows] in; logprob, entropy, logsumexp [rows] out. Uniforms: rows, temperature.
// One invocation a row: no barrier, which is what costs on SwiftShader; with a large VOCAB a real GPU would want more.
// Numbers: everything is taken relative to the row's largest logit, so that logits around 5000 lose nothing.
// Twin: src/kernels/loss/tokenStatistics.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let start = row * VOCAB;
  var largest = -3.4e38;
  for (var v = 0u; v < VOCAB; v++) { largest = max(largest, logits[start + v]); }
  var total = 0.0;
  var weighted = 0.0;
  for (var v = 0u; v < VOCAB; v++) {
    let z = (logits[start + v] - largest) / uniforms.temperature;
    let weight = exp(z);
    total += weight;
    if (weight > 0.0) { weighted += weight * z; }
  }
  let log_total = log(total);
  logprob[row] = (logits[start + min(targets[row], VOCAB - 1u)] - largest) / uniforms.temperature - log_total;
  entropy[row] = max(0.0, log_total - weighted / total);
  logsumexp[row] = largest / uniforms.temperature + log_total;
}
