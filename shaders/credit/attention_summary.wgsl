// Two summaries of the attention inside an answer, at each of its tokens; position p = first[n] + column of the sequence:
// waad = mean over the `chosen` heads of lowest rank_near (the local ones) of sum over s <= p of map[p,s] min(p - s, window);
// fai  = mean over the `chosen` heads of lowest rank_far (the global ones) and over the later positions
//        t = p + from_ahead .. min(past[n] - 1, p + to_ahead), both included, of map[t,p]; 0 where there is no such t.
// maps [answers, heads, length, length]; rank_near, rank_far [answers, heads]; waad, fai [answers, width], 0 past the answer.
// One invocation a token. Twin: src/kernels/credit/attentionSummary.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.width) { return; }
  let n = i / uniforms.width;
  let p = first[n] + i % uniforms.width;
  waad[i] = 0.0;
  fai[i] = 0.0;
  if (p >= past[n]) { return; }
  let share = 1.0 / f32(uniforms.chosen);
  let last = min(past[n] - 1u, p + uniforms.to_ahead);
  var back = 0.0;
  var ahead = 0.0;
  for (var h = n * uniforms.heads; h < (n + 1u) * uniforms.heads; h++) {
    let map = h * uniforms.length * uniforms.length;
    if (rank_near[h] < f32(uniforms.chosen)) {
      for (var s = 0u; s < p; s++) { back += maps[map + p * uniforms.length + s] * f32(min(p - s, uniforms.window)); }
    }
    if (rank_far[h] < f32(uniforms.chosen)) {
      for (var t = p + uniforms.from_ahead; t <= last; t++) { ahead += maps[map + t * uniforms.length + p]; }
    }
  }
  waad[i] = back * share;
  if (p + uniforms.from_ahead <= last) { fai[i] = ahead * share / f32(last + 1u - p - uniforms.from_ahead); }
}
