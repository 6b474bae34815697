// y[set] = the value at `share` of the way through the sorted usable tokens of a set (0.5: the median), with a straight line
// between neighbours: position = share * (count - 1). Sets: one answer (over 0) or the whole batch (over 2); an empty one
// gives 0. The order statistic is found bit by bit: the largest key that at most `below` keys lie under, where keys are
// floats as integers that sort the same way. x, mask [answers, width]. One workgroup a set. Twin: src/kernels/credit/quantile.ts

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

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let chosen = group.y * 32768u + group.x;
  if (chosen >= uniforms.sets) { return; }
  var start = 0u;
  var end = uniforms.answers * uniforms.width;
  if (uniforms.over == 0u) {
    start = chosen * uniforms.width;
    end = start + uniforms.width;
  }

  var own = 0u;
  for (var i = start + lane; i < end; i += LANES) { own += select(0u, 1u, mask[i] != 0u); }
  if (lane == 0u) {
    atomicStore(&tally, 0u);
    atomicStore(&smallest, 0xffffffffu);
  }
  workgroupBarrier();
  atomicAdd(&tally, own);
  workgroupBarrier();
  let count = atomicLoad(&tally);
  workgroupBarrier();

  let position = uniforms.share * (max(1.0, f32(count)) - 1.0);
  let below = u32(floor(position));
  var key = 0u;
  for (var bit = 0u; bit < 32u; bit++) {
    let trial = key | (0x80000000u >> bit);
    if (lane == 0u) { atomicStore(&tally, 0u); }
    workgroupBarrier();
    own = 0u;
    for (var i = start + lane; i < end; i += LANES) {
      if (mask[i] != 0u) { own += select(0u, 1u, key_of(x[i]) < trial); }
    }
    atomicAdd(&tally, own);
    workgroupBarrier();
    if (atomicLoad(&tally) <= below) { key = trial; }
    workgroupBarrier();
  }

  // The next one up: the same value again, or the smallest above it.
  if (lane == 0u) { atomicStore(&tally, 0u); }
  workgroupBarrier();
  own = 0u;
  var above = 0xffffffffu;
  for (var i = start + lane; i < end; i += LANES) {
    if (mask[i] == 0u) { continue; }
    let other = key_of(x[i]);
    if (other <= key) { own += 1u; } else { above = min(above, other); }
  }
  atomicAdd(&tally, own);
  atomicMin(&smallest, above);
  workgroupBarrier();
  if (lane != 0u) { return; }
  if (count == 0u) { y[chosen] = 0.0; return; }
  let low = value_of(key);
  var high = low;
  if (below + 1u < count && atomicLoad(&tally) <= below + 1u) { high = value_of(atomicLoad(&smallest)); }
  y[chosen] = low + (position - floor(position)) * (high - low);
}
