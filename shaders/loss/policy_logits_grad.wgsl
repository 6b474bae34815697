// Gradient of a loss through log-softmax and entropy, straight into the logits, in place:
// dlogits_v = (d_logprob (1[v = target] - p_v) - d_entropy p_v (log p_v + H)) / temperature, log p_v = logits_v/temperature - logsumexp.
// Bindings: logits [rows,VOCAB] in and out; targets, logsumexp, entropy, d_logprob, d_entropy [rows] in. Uniforms: rows, temperature.
// One invocation an element. A row whose two gradients are 0 (masked out) becomes exactly 0, whatever its logits hold.
// Numbers: p_v carries the rounding of logsumexp, relative error about |logsumexp| * 6e-8.
// Twin: src/kernels/loss/policyLogitsGrad.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.rows * VOCAB) { return; }
  let row = i / VOCAB;
  let along_logprob = d_logprob[row];
  let along_entropy = d_entropy[row];
  if (along_logprob == 0.0 && along_entropy == 0.0) {
    logits[i] = 0.0;
    return;
  }
  let log_p = logits[i] / uniforms.temperature - logsumexp[row];
  let p = exp(log_p);
  let hit = select(0.0, 1.0, i - row * VOCAB == targets[row]);
  var gradient = along_logprob * (hit - p);
  if (p > 0.0) { gradient -= along_entropy * p * (log_p + entropy[row]); }
  logits[i] = gradient / uniforms.temperature;
}
