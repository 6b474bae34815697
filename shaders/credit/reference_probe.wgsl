// How likely the reference answer is at one point of each answer: from the log-probs of its tokens, their sum (measure 0),
// mean (1), exp of the sum (2), exp of the mean (3) or the mean of exp (4). No tokens: 0.
// logprobs [answers, steps + 2, length]: slot k after k steps, slot steps + 1 after the whole answer; tokens [answers].
// entry 0: y[n,k] before step k; 1: after it; 2: y[n] before the first token; 3: y[n] after the last. Steps an answer does not
// have get 0. One invocation an element of y. Codes: MEASURE and ENTRY of the twin, src/kernels/credit/referenceProbe.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  let is_step = uniforms.entry < 2u;
  let per_answer = select(1u, uniforms.steps, is_step);
  if (i >= uniforms.answers * per_answer) { return; }
  let n = i / per_answer;
  y[i] = 0.0;
  if (is_step && i % per_answer >= step_count[n]) { return; }
  var slot = 0u;
  if (is_step) { slot = i % per_answer + uniforms.entry; }
  if (uniforms.entry == 3u) { slot = uniforms.steps + 1u; }
  let from_token = (n * (uniforms.steps + 2u) + slot) * uniforms.length;
  let count = tokens[n];
  if (count == 0u) { return; }
  var sum = 0.0;
  for (var at = from_token; at < from_token + count; at++) {
    sum += select(logprobs[at], exp(logprobs[at]), uniforms.measure == 4u);
  }
  switch (uniforms.measure) {
    case 0u: { y[i] = sum; }
    case 2u: { y[i] = exp(sum); }
    case 3u: { y[i] = exp(sum / f32(count)); }
    default: { y[i] = sum / f32(count); }
  }
}
