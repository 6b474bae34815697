// Second stage of the global gradient norm, one invocation, fixed order: norm = sqrt(sum of all partial sums),
// scale = min(1, maximum/(norm + 1e-6)) as torch's clip_grad_norm_, 1 where maximum is 0 (no clipping).
// Bindings: partials [2 * count] in (pairs of norm_partial); norm [4] out: norm, scale, non-finite flag 0/1, unused.
// Uniforms: count (pairs), maximum. A sum of squares beyond float32 (norm above 1.8e19) is flagged too; then scale is 0.
// Numbers: sums of 64 pairs first, so that rounding grows with count/64 + 64 rather than count.
// Twin: src/kernels/optim/normFinish.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x != 0u || id.y != 0u) { return; }
  var total = 0.0;
  var is_bad = 0.0;
  for (var from_pair = 0u; from_pair < uniforms.count; from_pair += 64u) {
    var sum = 0.0;
    for (var i = from_pair; i < min(from_pair + 64u, uniforms.count); i++) {
      sum += partials[2u * i];
      if (partials[2u * i + 1u] != 0.0) { is_bad = 1.0; }
    }
    if ((bitcast<u32>(sum) & 0x7f800000u) == 0x7f800000u) { is_bad = 1.0; } else { total += sum; }
  }
  if ((bitcast<u32>(total) & 0x7f800000u) == 0x7f800000u) {
    is_bad = 1.0;
    total = 0.0;
  }
  let length = sqrt(total);
  var scale = 1.0;
  if (uniforms.maximum > 0.0) { scale = min(1.0, uniforms.maximum / (length + 1e-6)); }
  norm[0] = length;
  norm[1] = select(scale, 0.0, is_bad != 0.0);
  norm[2] = is_bad;
  norm[3] = 0.0;
}
