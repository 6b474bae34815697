// One statistic of every set of a partition, written to all places of the set. Set s holds the places
// order[start[s]] .. order[start[s + 1] - 1]; those whose counted is 0 get the result but do not enter it (has_counted 0:
// all enter). mean = first + sum(x - first) / count: equal values give exactly no spread. Statistic codes: SET_STATISTIC of
// the twin; `first` is 1 at the first counted place of the set. Places in no set are left alone: clear y before.
// x, counted, y [places]; order [places]; start [places + 1]. One invocation a set. Twin: src/kernels/credit/setStatistic.ts

fn enters(place: u32) -> bool {
  return uniforms.has_counted == 0u || counted[place] != 0.0;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let chosen = invocation_index(id);
  if (chosen >= uniforms.places) { return; }
  let from_member = start[chosen];
  let to_member = start[chosen + 1u];
  if (from_member >= to_member) { return; }
  var count = 0.0;
  var first = 0.0;
  var first_member = to_member;
  var sum = 0.0;
  var deviation = 0.0;
  var minimum = 0.0;
  var maximum = 0.0;
  var non_zero = 0.0;
  for (var member = from_member; member < to_member; member++) {
    let place = order[member];
    if (!enters(place)) { continue; }
    let value = x[place];
    if (count == 0.0) { first = value; minimum = value; maximum = value; first_member = member; }
    count += 1.0;
    sum += value;
    deviation += value - first;
    minimum = min(minimum, value);
    maximum = max(maximum, value);
    if (value != 0.0) { non_zero += 1.0; }
  }
  var mean = 0.0;
  if (count > 0.0) { mean = first + deviation / count; }
  var result = 0.0;
  switch (uniforms.statistic) {
    case 0u: { result = mean; }
    case 1u, 2u: {
      var squares = 0.0;
      for (var member = from_member; member < to_member; member++) {
        let place = order[member];
        if (!enters(place)) { continue; }
        let difference = x[place] - mean;
        squares += difference * difference;
      }
      if (count > uniforms.ddof) { result = squares / (count - uniforms.ddof); }
      if (uniforms.statistic == 1u) { result = sqrt(result); }
    }
    case 3u: { result = sum; }
    case 4u: { result = count; }
    case 5u: { result = minimum; }
    case 6u: { result = maximum; }
    case 7u: { result = non_zero; }
    default: {}
  }
  for (var member = from_member; member < to_member; member++) {
    if (uniforms.statistic == 8u) { result = select(0.0, 1.0, member == first_member); }
    y[order[member]] = result;
  }
}
