// softmax(logits/temperature) restricted by top-k, then top-p, then min-p (each on what the one before left), renormalised, and
// its entropy in nats. top-k keeps exactly k tokens. top-p keeps the shortest prefix by falling probability whose share of
// the mass left by top-k reaches p, the crossing token included, at least one. min-p drops tokens below min_p times the largest.
// Equal logits count in order of their ids. Off: top_k 0 (or >= VOCAB), top_p 1 (or more), min_p 0.
// Bindings: logits [rows,VOCAB] in; probabilities [rows,VOCAB], entropy [rows] out. Uniforms: rows, temperature, top_k, top_p, min_p.
// One invocation a row, without sorting: the threshold logit is found bit by bit over order-preserving integer keys, 32 passes.
// Numbers: weights exp((logit - largest)/temperature) live in `probabilities` until the last pass; sums in float32, in order of ids.
// Twin: src/kernels/sampling/filterDistribution.ts

/** Unsigned order of the keys = order of the floats; -0 counts as 0. */
fn order_key(value: f32) -> u32 {
  let bits = bitcast<u32>(select(value, 0.0, value == 0.0));
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

fn count_from(start: u32, key: u32) -> u32 {
  var count = 0u;
  for (var v = 0u; v < VOCAB; v++) { count += select(0u, 1u, order_key(logits[start + v]) >= key); }
  return count;
}

fn mass_from(start: u32, key: u32) -> f32 {
  var mass = 0.0;
  for (var v = 0u; v < VOCAB; v++) {
    if (order_key(logits[start + v]) >= key) { mass += probabilities[start + v]; }
  }
  return mass;
}

fn keep_top_k(start: u32) {
  var threshold = 0u;
  for (var bit = 0x80000000u; bit != 0u; bit >>= 1u) {
    if (count_from(start, threshold | bit) >= uniforms.top_k) { threshold |= bit; }
  }
  var room = uniforms.top_k - count_from(start, threshold + 1u);
  for (var v = 0u; v < VOCAB; v++) {
    let key = order_key(logits[start + v]);
    if (key == threshold && room > 0u) { room--; } else if (key <= threshold) { probabilities[start + v] = 0.0; }
  }
}

fn keep_top_p(start: u32) {
  let wanted = uniforms.top_p * mass_from(start, 0u);
  var threshold = 0u;
  for (var bit = 0x80000000u; bit != 0u; bit >>= 1u) {
    let mass = mass_from(start, threshold | bit);
    if (mass > 0.0 && mass >= wanted) { threshold |= bit; }
  }
  var mass = mass_from(start, threshold + 1u);
  for (var v = 0u; v < VOCAB; v++) {
    let key = order_key(logits[start + v]);
    if (key == threshold && (mass < wanted || mass == 0.0)) { mass += probabilities[start + v]; }
    else if (key <= threshold) { probabilities[start + v] = 0.0; }
  }
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let start = row * VOCAB;
  var largest = -3.4e38;
  for (var v = 0u; v < VOCAB; v++) { largest = max(largest, logits[start + v]); }
  for (var v = 0u; v < VOCAB; v++) { probabilities[start + v] = exp((logits[start + v] - largest) / uniforms.temperature); }
  if (uniforms.top_k > 0u && uniforms.top_k < VOCAB) { keep_top_k(start); }
  if (uniforms.top_p < 1.0) { keep_top_p(start); }
  var total = 0.0;
  var weighted = 0.0;
  for (var v = 0u; v < VOCAB; v++) {
    var weight = probabilities[start + v];
    if (weight < uniforms.min_p) { weight = 0.0; }
    if (weight > 0.0) { weighted += weight * (logits[start + v] - largest) / uniforms.temperature; }
    probabilities[start + v] = weight;
    total += weight;
  }
  for (var v = 0u; v < VOCAB; v++) { probabilities[start + v] /= total; }
  entropy[row] = max(0.0, log(total) - weighted / total);
}
