// The COUNT most probable tokens of each row of softmax(logits/temperature), falling, the lowest id first where equal.
// Bindings: logits [rows,VOCAB] in; ids, probabilities [rows,COUNT] out. Uniforms: rows, temperature.
// Where COUNT exceeds VOCAB the rest is id 0xffffffff with probability 0.
// One invocation a row, COUNT + 2 passes over it: each pass finds the largest logit after the one found before.
// Twin: src/kernels/sampling/topTokens.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let start = row * VOCAB;
  var largest = logits[start];
  for (var v = 1u; v < VOCAB; v++) { largest = max(largest, logits[start + v]); }
  var total = 0.0;
  for (var v = 0u; v < VOCAB; v++) { total += exp((logits[start + v] - largest) / uniforms.temperature); }
  var previous = 0xffffffffu;
  for (var place = 0u; place < COUNT; place++) {
    var best = 0xffffffffu;
    for (var v = 0u; v < VOCAB; v++) {
      let x = logits[start + v];
      var comes_after = previous == 0xffffffffu;
      if (!comes_after) {
        let before = logits[start + previous];
        comes_after = x < before || (x == before && v > previous);
      }
      if (!comes_after) { continue; }
      if (best == 0xffffffffu) { best = v; } else if (x > logits[start + best]) { best = v; }
    }
    let cell = row * COUNT + place;
    ids[cell] = best;
    probabilities[cell] = 0.0;
    if (best == 0xffffffffu) { continue; }
    probabilities[cell] = exp((logits[start + best] - largest) / uniforms.temperature) / total;
    previous = best;
  }
}
