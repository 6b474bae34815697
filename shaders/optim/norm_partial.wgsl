// First stage of the global gradient norm: partials[2(first+i)] = sum of squares of values i, i+PARTIALS, i+2 PARTIALS, ...
// in that order (no atomics: the same bits every time), partials[2(first+i)+1] = 1 where one of them is not finite, else 0.
// Bindings: values [count] in; partials [2 * total partials] in and out. Uniforms: count, first. One invocation a partial.
// Numbers: non-finite values are found by their exponent bits and left out of the sum, because a device may treat NaN as it likes.
// Twin: src/kernels/optim/normPartial.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let index = invocation_index(id);
  if (index >= PARTIALS) { return; }
  var sum = 0.0;
  var is_bad = 0.0;
  for (var i = index; i < uniforms.count; i += PARTIALS) {
    let value = values[i];
    if ((bitcast<u32>(value) & 0x7f800000u) == 0x7f800000u) { is_bad = 1.0; } else { sum += value * value; }
  }
  let slot = 2u * (uniforms.first + index);
  partials[slot] = sum;
  partials[slot + 1u] = is_bad;
}
