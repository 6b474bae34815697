// Of the raw logits of each row, before any temperature: their mean, the target's, and log sum_v exp(logit_v).
// Bindings: logits [rows,VOCAB], targets [rows] in; mean_logit, token_logit, logsumexp [rows] out. Uniforms: rows.
// One invocation a row. The log-sum-exp is taken relative to the row's largest logit. A target out of the vocabulary is the last one.
// Twin: src/kernels/loss/logitStatistics.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let start = row * VOCAB;
  var largest = -3.4e38;
  var sum = 0.0;
  for (var v = 0u; v < VOCAB; v++) {
    largest = max(largest, logits[start + v]);
    sum += logits[start + v];
  }
  var total = 0.0;
  for (var v = 0u; v < VOCAB; v++) { total += exp(logits[start + v] - largest); }
  mean_logit[row] = sum / f32(VOCAB);
  token_logit[row] = logits[start + min(targets[row], VOCAB - 1u)];
  logsumexp[row] = largest + log(total);
}
