// One statistic of a set of answers from their moments (see answer_moments.wgsl): over 0 one answer, 1 the answers of a
// problem, 2 the batch. mean = m0 + sum(c_n (m_n - m0)) / sum(c_n) with m0 the first non-empty answer's mean;
// squares = sum(s_n + c_n (m_n - mean)^2): a set without spread has std exactly 0. An empty set gives 0.
// One invocation a set, answers in order. Statistic codes: STATISTIC of the twin, src/kernels/credit/combineMoments.ts

const FIELDS = 7u;

fn is_member(n: u32, chosen: u32) -> bool {
  if (moments[n * FIELDS] == 0.0) { return false; }
  if (uniforms.over == 1u) { return problem_of_answer[n] == chosen; }
  return true;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let chosen = invocation_index(id);
  if (chosen >= uniforms.sets) { return; }
  var start = 0u;
  var end = uniforms.answers;
  if (uniforms.over == 0u) { start = chosen; end = chosen + 1u; }
  var count = 0.0;
  var members = 0u;
  var reference = 0.0;
  var deviation = 0.0;
  var sum = 0.0;
  var minimum = 0.0;
  var maximum = 0.0;
  var second = 0.0;
  var non_zero = 0.0;
  for (var n = start; n < end; n++) {
    if (!is_member(n, chosen)) { continue; }
    let at = n * FIELDS;
    let high = moments[at + 5u];
    if (members == 0u) {
      reference = moments[at + 2u];
      minimum = moments[at + 4u];
      maximum = high;
      second = high;
    } else {
      if (members == 1u || high > second) { second = min(maximum, high); }
      minimum = min(minimum, moments[at + 4u]);
      maximum = max(maximum, high);
    }
    members += 1u;
    count += moments[at];
    deviation += moments[at] * (moments[at + 2u] - reference);
    sum += moments[at + 1u];
    non_zero += moments[at + 6u];
  }
  if (members == 0u) { y[chosen] = 0.0; return; }
  let mean = reference + deviation / count;
  var squares = 0.0;
  if (uniforms.statistic == 1u || uniforms.statistic == 2u) {
    for (var n = start; n < end; n++) {
      if (!is_member(n, chosen)) { continue; }
      let at = n * FIELDS;
      let difference = moments[at + 2u] - mean;
      squares += moments[at + 3u] + moments[at] * difference * difference;
    }
  }
  var variance = 0.0;
  if (count > uniforms.ddof) { variance = squares / (count - uniforms.ddof); }
  switch (uniforms.statistic) {
    case 0u: { y[chosen] = mean; }
    case 1u: { y[chosen] = sqrt(variance); }
    case 2u: { y[chosen] = variance; }
    case 3u: { y[chosen] = sum; }
    case 4u: { y[chosen] = count; }
    case 5u: { y[chosen] = minimum; }
    case 6u: { y[chosen] = maximum; }
    case 7u: { y[chosen] = second; }
    default: { y[chosen] = non_zero; }
  }
}
