// For each answer i, over the answers j of the same problem with outcome_i > outcome_j:
// loss[i] = sum of -log sigmoid(beta (score_i - score_j)), pairs[i] = their number.
// -log sigmoid(z) = max(-z, 0) + log(1 + exp(-|z|)). One invocation an answer. Twin: src/kernels/credit/pairLoss.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers) { return; }
  var sum = 0.0;
  var count = 0.0;
  for (var j = 0u; j < uniforms.answers; j++) {
    if (problem_of_answer[j] != problem_of_answer[i] || outcome[i] <= outcome[j]) { continue; }
    let z = uniforms.beta * (score[i] - score[j]);
    sum += max(-z, 0.0) + log(1.0 + exp(-abs(z)));
    count += 1.0;
  }
  loss[i] = sum;
  pairs[i] = count;
}
