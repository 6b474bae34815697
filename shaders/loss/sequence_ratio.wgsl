// GSPO's sequence ratio (Zheng et al., 2025): s = exp(mean over the row's tokens of (logprob - old_logprob)), and old log-probs
// shifted so that each token's own ratio is s: shifted = logprob - log s. The token loss on them is GSPO-token: value with s,
// gradient of each token through its own log-prob (equal to GSPO's where a row has one advantage).
// Bindings: logprobs, old_logprobs, mask [rows,length] in; shifted_old_logprobs [rows,length], ratio [rows] out (1 for a row without tokens).
// Uniforms: rows, length. One invocation a row. Shifted old log-probs are 0 where masked out.
// Twin: src/kernels/loss/sequenceRatio.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.length;
  var sum = 0.0;
  var tokens = 0u;
  for (var i = start; i < start + uniforms.length; i++) {
    if (mask[i] != 0u) {
      sum += logprobs[i] - old_logprobs[i];
      tokens++;
    }
  }
  let log_ratio = sum / f32(max(tokens, 1u));
  ratio[row] = exp(log_ratio);
  for (var i = start; i < start + uniforms.length; i++) {
    shifted_old_logprobs[i] = 0.0;
    if (mask[i] != 0u) { shifted_old_logprobs[i] = logprobs[i] - log_ratio; }
  }
}
