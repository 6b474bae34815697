// moments[n] = (count, sum, mean, sum of squared deviations, minimum, maximum, number of non-zero) of answer n's values:
// its own number (shape 2), its steps (3: x[n,steps], the first step_count[n]) or its usable tokens (4: x[n,width], mask 1).
// mean = first + sum(x - first) / count: equal values give exactly no spread. An empty answer gives zeros.
// One invocation an answer, two passes, fixed order. Twin: src/kernels/credit/answerMoments.ts

const STEP = 3u;
const TOKEN = 4u;
const FIELDS = 7u;

fn is_used(i: u32, index: u32, n: u32) -> bool {
  if (uniforms.shape == TOKEN) { return mask[i] != 0u; }
  if (uniforms.shape == STEP) { return index < step_count[n]; }
  return true;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = invocation_index(id);
  if (n >= uniforms.answers) { return; }
  var per_answer = 1u;
  if (uniforms.shape == TOKEN) { per_answer = uniforms.width; }
  if (uniforms.shape == STEP) { per_answer = uniforms.steps; }
  let start = n * per_answer;
  var count = 0.0;
  var first = 0.0;
  var sum = 0.0;
  var deviation = 0.0;
  var minimum = 0.0;
  var maximum = 0.0;
  var non_zero = 0.0;
  for (var index = 0u; index < per_answer; index++) {
    if (!is_used(start + index, index, n)) { continue; }
    let value = x[start + index];
    if (count == 0.0) { first = value; minimum = value; maximum = value; }
    count += 1.0;
    sum += value;
    deviation += value - first;
    minimum = min(minimum, value);
    maximum = max(maximum, value);
    if (value != 0.0) { non_zero += 1.0; }
  }
  var mean = 0.0;
  if (count > 0.0) { mean = first + deviation / count; }
  var squares = 0.0;
  for (var index = 0u; index < per_answer; index++) {
    if (!is_used(start + index, index, n)) { continue; }
    let difference = x[start + index] - mean;
    squares += difference * difference;
  }
  let at = n * FIELDS;
  moments[at] = count;
  moments[at + 1u] = sum;
  moments[at + 2u] = mean;
  moments[at + 3u] = squares;
  moments[at + 4u] = minimum;
  moments[at + 5u] = maximum;
  moments[at + 6u] = non_zero;
}
