// votes[n,s] = number of valid critiques of answer n that flag step s; valid[n] = number of its valid critiques.
// flags u32[answers, critiques, steps] 0/1, is_valid u32[answers, critiques] 0/1; steps past step_count[n] get 0.
// One invocation a step. Twin: src/kernels/credit/countVotes.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.steps) { return; }
  let n = i / uniforms.steps;
  let step = i % uniforms.steps;
  var count = 0u;
  var heard = 0u;
  for (var critique = n * uniforms.critiques; critique < (n + 1u) * uniforms.critiques; critique++) {
    heard += is_valid[critique];
    count += is_valid[critique] * flags[critique * uniforms.steps + step];
  }
  votes[i] = select(0.0, f32(count), step < step_count[n]);
  if (step == 0u) { valid[n] = f32(heard); }
}
