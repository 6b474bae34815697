// One token a row by the inverse of the cumulative distribution: u = Threefry-2x32-20 uniform at counter (row_offset + row, column)
// of the stream (key0, key1); token = smallest id whose cumulative probability exceeds u. greedy = 1: id of the largest logit instead
// (lowest id where equal). logprobs gets log-softmax(logits/temperature) of the token, unfiltered.
// Bindings: logits, probabilities [rows,VOCAB] in; current, finished, lengths [rows], tokens, logprobs [rows,CAPACITY] in and out.
// Uniforms: rows, column, row_offset, key0, key1, temperature, greedy, stop_token, padding_token. One invocation a row.
// A finished row gets padding and log-prob 0 and stays; drawing stop_token finishes a row; lengths counts it.
// Numbers: u has 24 bits, exact in float32. If rounding leaves the sum below u, the last id with probability above 0 is drawn.
// Twin: src/kernels/sampling/drawToken.ts; the rounds are those of src/random/threefry.ts.

fn rotate(value: u32, by: u32) -> u32 { return (value << by) | (value >> (32u - by)); }

fn four_rounds(state: vec2u, rotations: vec4u, add: vec2u) -> vec2u {
  var x = state.x;
  var y = state.y;
  for (var i = 0u; i < 4u; i++) {
    x += y;
    y = rotate(y, rotations[i]) ^ x;
  }
  return vec2u(x, y) + add;
}

/** First word of the block, its upper 24 bits as a number in [0, 1). */
fn uniform_at(row: u32, position: u32) -> f32 {
  let a = uniforms.key0;
  let b = uniforms.key1;
  let c = 0x1bd11bdau ^ a ^ b;
  let even = vec4u(13u, 15u, 26u, 6u);
  let odd = vec4u(17u, 29u, 16u, 24u);
  var state = vec2u(row + a, position + b);
  state = four_rounds(state, even, vec2u(b, c + 1u));
  state = four_rounds(state, odd, vec2u(c, a + 2u));
  state = four_rounds(state, even, vec2u(a, b + 3u));
  state = four_rounds(state, odd, vec2u(b, c + 4u));
  state = four_rounds(state, even, vec2u(c, a + 5u));
  return f32(state.x >> 8u) * 0x1p-24;
}

fn draw(start: u32, u: f32) -> u32 {
  var sum = 0.0;
  var last = 0u;
  for (var v = 0u; v < VOCAB; v++) {
    let p = probabilities[start + v];
    sum += p;
    if (p > 0.0) { last = v; }
    if (sum > u) { return v; }
  }
  return last;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = invocation_index(id);
  if (row >= uniforms.rows) { return; }
  let cell = row * CAPACITY + uniforms.column;
  if (finished[row] != 0u) {
    tokens[cell] = uniforms.padding_token;
    logprobs[cell] = 0.0;
    current[row] = uniforms.padding_token;
    return;
  }
  let start = row * VOCAB;
  var largest = logits[start];
  var best = 0u;
  for (var v = 1u; v < VOCAB; v++) {
    if (logits[start + v] > largest) {
      largest = logits[start + v];
      best = v;
    }
  }
  var total = 0.0;
  for (var v = 0u; v < VOCAB; v++) { total += exp((logits[start + v] - largest) / uniforms.temperature); }
  var token = best;
  if (uniforms.greedy == 0u) { token = draw(start, uniform_at(uniforms.row_offset + row, uniforms.column)); }
  tokens[cell] = token;
  logprobs[cell] = (logits[start + token] - largest) / uniforms.temperature - log(total);
  current[row] = token;
  lengths[row] = uniforms.column + 1u;
  if (token == uniforms.stop_token) { finished[row] = 1u; }
}
