// distance[n,h] = mean over the answer's tokens t of sum over s <= t of maps[n,h,t,s] (t - s): how far head h looks back.
// The answer is positions first[n] .. past[n] - 1 of the sequence; s runs over the prompt too. An empty answer gives 0.
// maps [answers, heads, length, length], row = querying position; entries after the diagonal are not read.
// One invocation an answer and head. Twin: src/kernels/credit/attentionDistance.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.answers * uniforms.heads) { return; }
  let n = i / uniforms.heads;
  var sum = 0.0;
  for (var t = first[n]; t < past[n]; t++) {
    let row = (i * uniforms.length + t) * uniforms.length;
    var reach = 0.0;
    for (var s = 0u; s < t; s++) { reach += maps[row + s] * f32(t - s); }
    sum += reach;
  }
  distance[i] = 0.0;
  if (past[n] > first[n]) { distance[i] = sum / f32(past[n] - first[n]); }
}
