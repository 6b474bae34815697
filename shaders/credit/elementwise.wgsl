// y = operation(a, b, c), each operand broadcast from its own shape to the shape of y; x / 0 = 0.
// Shapes: 0 scalar [1], 1 problem [P], 2 answer [N], 3 step [N,steps], 4 token [N,width], 5 the number in the uniforms.
// y is 0 at unmasked tokens and at steps an answer does not have; a step value is 0 at tokens outside steps.
// One invocation an element of y. Operation codes: the table OPERATIONS of the twin.
// Twin: src/kernels/credit/elementwise.ts

const PROBLEM = 1u;
const ANSWER = 2u;
const STEP = 3u;
const TOKEN = 4u;
const NUMBER = 5u;

// Index of an operand at element i of y (of answer n), or -1 where it has no value.
fn place(shape: u32, i: u32, n: u32) -> i32 {
  if (shape == uniforms.shape) { return i32(i); }
  if (shape == PROBLEM) { return i32(problem_of_answer[n]); }
  if (shape == ANSWER) { return i32(n); }
  if (shape == STEP) {
    let step = step_of_token[i];
    if (step < 0) { return -1; }
    return i32(n * uniforms.steps) + step;
  }
  return 0;
}

fn operate(x: f32, y: f32, z: f32) -> f32 {
  switch (uniforms.operation) {
    case 1u: { return x + y; }
    case 2u: { return x - y; }
    case 3u: { return x * y; }
    case 4u: { if (y == 0.0) { return 0.0; } return x / y; }
    case 5u: { return min(x, y); }
    case 6u: { return max(x, y); }
    case 7u: { return select(0.0, 1.0, x > y); }
    case 8u: { return select(0.0, 1.0, x >= y); }
    case 9u: { return select(0.0, 1.0, x == y); }
    case 10u: { return select(y, z, x == 0.0); }
    case 11u: { return abs(x); }
    case 12u: { return exp(x); }
    case 13u: { return log(x); }
    case 14u: { return sqrt(x); }
    case 15u: { return floor(x); }
    default: { return x; }
  }
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.count) { return; }
  var n = i;
  if (uniforms.shape == TOKEN) {
    n = i / uniforms.width;
    if (mask[i] == 0u) { y[i] = 0.0; return; }
  }
  if (uniforms.shape == STEP) {
    n = i / uniforms.steps;
    if (i % uniforms.steps >= step_count[n]) { y[i] = 0.0; return; }
  }
  var x = uniforms.a_value;
  if (uniforms.a_shape != NUMBER) {
    let at = place(uniforms.a_shape, i, n);
    x = 0.0;
    if (at >= 0) { x = a[at]; }
  }
  var v = uniforms.b_value;
  if (uniforms.b_shape != NUMBER) {
    let at = place(uniforms.b_shape, i, n);
    v = 0.0;
    if (at >= 0) { v = b[at]; }
  }
  var z = uniforms.c_value;
  if (uniforms.c_shape != NUMBER) {
    let at = place(uniforms.c_shape, i, n);
    z = 0.0;
    if (at >= 0) { z = c[at]; }
  }
  y[i] = operate(x, v, z);
}
