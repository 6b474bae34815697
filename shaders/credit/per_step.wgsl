// y[n,k] = one number from the usable tokens of step k of answer n: their sum (0), mean (1), number (2), the first (3) or
// the last one's (4). A step without usable tokens gives 0.
// x [answers, width]; y [answers, steps]. One invocation a step. Codes: PER_STEP of the twin, src/kernels/credit/perStep.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.steps) { return; }
  let n = i / uniforms.steps;
  let step = i % uniforms.steps;
  y[i] = 0.0;
  if (step >= step_count[n]) { return; }
  var count = 0.0;
  var sum = 0.0;
  var first = 0.0;
  var last = 0.0;
  for (var at = n * uniforms.width; at < (n + 1u) * uniforms.width; at++) {
    if (mask[at] == 0u || step_of_token[at] != i32(step)) { continue; }
    last = x[at];
    if (count == 0.0) { first = last; }
    count += 1.0;
    sum += last;
  }
  switch (uniforms.which) {
    case 0u: { y[i] = sum; }
    case 1u: { if (count > 0.0) { y[i] = sum / count; } }
    case 2u: { y[i] = count; }
    case 3u: { y[i] = first; }
    default: { y[i] = last; }
  }
}
