// Gradient of a linear layer's weights where OUT is no multiple of 4 (a vocabulary), blocked in registers: dw += dy^T x.
// Bindings: dy [rows, OUT], x [rows, IN] as vec4f in; dw [OUT, IN] as vec4f in and out. Uniforms: rows.
// Constants: IN (a multiple of 4), OUT. One invocation makes 8 rows of dw by 2 vec4f and walks all rows of the batch in order;
// workgroups (column blocks, blocks of dw rows), small so that 64 x 64 weights still occupy every core.
// Rows of dw and columns past the end read the last one and are not stored. Left out: splitting the sum over rows, which a large
// GPU needs to be busy, because the parts would have to be added in a second pass (no float atomics, fixed order).
// Twin: src/kernels/linalg/matmulTn.ts

const QUADS = IN / 4u;

fn store(row: u32, column: u32, sums: vec4f) {
  if (row < OUT && column < QUADS) { dw[row * QUADS + column] += sums; }
}

@compute @workgroup_size(8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = id.x * 2u;
  let row = id.y * 8u;
  if (column >= QUADS) { return; }
  let right_column = min(column + 1u, QUADS - 1u);
  let last = OUT - 1u;
  let dy0 = min(row + 0u, last);
  let dy1 = min(row + 1u, last);
  let dy2 = min(row + 2u, last);
  let dy3 = min(row + 3u, last);
  let dy4 = min(row + 4u, last);
  let dy5 = min(row + 5u, last);
  let dy6 = min(row + 6u, last);
  let dy7 = min(row + 7u, last);
  var left0 = vec4f();
  var right0 = vec4f();
  var left1 = vec4f();
  var right1 = vec4f();
  var left2 = vec4f();
  var right2 = vec4f();
  var left3 = vec4f();
  var right3 = vec4f();
  var left4 = vec4f();
  var right4 = vec4f();
  var left5 = vec4f();
  var right5 = vec4f();
  var left6 = vec4f();
  var right6 = vec4f();
  var left7 = vec4f();
  var right7 = vec4f();
  for (var k = 0u; k < uniforms.rows; k++) {
    let left = x[k * QUADS + column];
    let right = x[k * QUADS + right_column];
    let a0 = dy[k * OUT + dy0];
    left0 += a0 * left;
    right0 += a0 * right;
    let a1 = dy[k * OUT + dy1];
    left1 += a1 * left;
    right1 += a1 * right;
    let a2 = dy[k * OUT + dy2];
    left2 += a2 * left;
    right2 += a2 * right;
    let a3 = dy[k * OUT + dy3];
    left3 += a3 * left;
    right3 += a3 * right;
    let a4 = dy[k * OUT + dy4];
    left4 += a4 * left;
    right4 += a4 * right;
    let a5 = dy[k * OUT + dy5];
    left5 += a5 * left;
    right5 += a5 * right;
    let a6 = dy[k * OUT + dy6];
    left6 += a6 * left;
    right6 += a6 * right;
    let a7 = dy[k * OUT + dy7];
    left7 += a7 * left;
    right7 += a7 * right;
  }
  var sums = array<vec4f, 16>(
    left0, right0, left1, right1, left2, right2, left3, right3,
    left4, right4, left5, right5, left6, right6, left7, right7,
  );
  for (var i = 0u; i < 16u; i++) { store(row + i / 2u, column + i % 2u, sums[i]); }
}
