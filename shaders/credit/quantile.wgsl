// y[set] = the value at `share` of the way through the sorted usable tokens of a set (0.5: the median), with a straight line
// between neighbours: position = share * (count - 1). Sets: one answer (over 0) or the whole batch (over 2); an empty one
// gives 0. The order statistic is found bit by bit: the largest key that at most `below` keys lie under, where keys are
// floats as integers that sort the same way. x, mask [answers, width]. One invocation an answer; one workgroup for the batch
// (barriers cost much on a software adapter, so answers do without). Twin: src/kernels/credit/quantile.ts

const LANES = 64u;

var<workgroup> tally: atomic<u32>;
var<workgroup> smallest: atomic<u32>;

fn key_of(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return select(bits | 0x80000000u, ~bits, (bits & 0x80000000u) != 0u);
}

fn value_of(key: u32) -> f32 {
  return bitcast<f32>(select(~key, key & 0x7fffffffu, (key & 0x80000000u) != 0u));
}

fn shared_sum(lane: u32, own: u32) -> u32 {
  if (lane == 0u) { atomicStore(&tally, 0u); }
  workgroupBarrier();
  atomicAdd(&tally, own);
  workgroupBarrier();
  let sum = atomicLoad(&tally);
  workgroupBarrier();
  return sum;
}

fn count_below(start: u32, end: u32, stride: u32, limit: u32) -> u32 {
  var count = 0u;
  for (var i = start; i < end; i += stride) {
    if (mask[i] != 0u && key_of(x[i]) < limit) { count++; }
  }
  return count;
}

// The smallest key above `limit`; all ones where there is none.
fn least_above(start: u32, end: u32, stride: u32, limit: u32) -> u32 {
  var least = 0xffffffffu;
  for (var i = start; i < end; i += stride) {
    if (mask[i] != 0u && key_of(x[i]) > limit) { least = min(least, key_of(x[i])); }
  }
  return least;
}

fn position_of(count: u32) -> f32 {
  return uniforms.share * (max(1.0, f32(count)) - 1.0);
}

// `key` is the order statistic at floor(position), `at_most` values are not above it, `above` is the next larger.
fn between(count: u32, key: u32, at_most: u32, above: u32) -> f32 {
  if (count == 0u) { return 0.0; }
  let position = position_of(count);
  let next = u32(floor(position)) + 1u;
  let low = value_of(key);
  var high = low;
  if (next < count && at_most <= next) { high = value_of(above); }
  return low + (position - floor(position)) * (high - low);
}

fn of_answer(chosen: u32) -> f32 {
  let start = chosen * uniforms.width;
  let end = start + uniforms.width;
  let count = count_below(start, end, 1u, 0xffffffffu);
  let below = u32(floor(position_of(count)));
  var key = 0u;
  for (var bit = 0u; bit < 32u; bit++) {
    let trial = key | (0x80000000u >> bit);
    if (count_below(start, end, 1u, trial) <= below) { key = trial; }
  }
  return between(count, key, count_below(start, end, 1u, key + 1u), least_above(start, end, 1u, key));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (uniforms.over == 0u) {
    let chosen = invocation_index(id);
    if (chosen < uniforms.sets) { y[chosen] = of_answer(chosen); }
    return;
  }
  let end = uniforms.answers * uniforms.width;
  let count = shared_sum(lane, count_below(lane, end, LANES, 0xffffffffu));
  let below = u32(floor(position_of(count)));
  var key = 0u;
  for (var bit = 0u; bit < 32u; bit++) {
    let trial = key | (0x80000000u >> bit);
    if (shared_sum(lane, count_below(lane, end, LANES, trial)) <= below) { key = trial; }
  }
  let at_most = shared_sum(lane, count_below(lane, end, LANES, key + 1u));
  if (lane == 0u) { atomicStore(&smallest, 0xffffffffu); }
  workgroupBarrier();
  atomicMin(&smallest, least_above(lane, end, LANES, key));
  workgroupBarrier();
  if (lane == 0u) { y[0] = between(count, key, at_most, atomicLoad(&smallest)); }
}
