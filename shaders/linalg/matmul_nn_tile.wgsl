// Gradient of a linear layer's input in shared-memory tiles: dx = dy w, added to dx where accumulate is 1.
// Bindings: dy [rows, OUT], w [OUT, IN] in; dx [rows, IN] in and out. Uniforms: rows, accumulate.
// Constants: IN, OUT. A workgroup of 64 makes 32 x 32 outputs, 4 x 4 an invocation; workgroups (tiles of columns, tiles of rows).
// Tiles lie k-major, 36 apart to spread the banks; past the edges they hold zeros. The sum runs over OUT in order.
// For hardware GPUs; not measured on one yet (on SwiftShader barriers make it slow).
// Twin: src/kernels/linalg/matmulNn.ts

const SIDE = 32u;
const STEP = 16u;
const STRIDE = 36u;
var<workgroup> dy_tile: array<f32, STEP * STRIDE>;
var<workgroup> w_tile: array<f32, STEP * STRIDE>;

fn dy_at(row: u32, k: u32) -> f32 {
  if (row < uniforms.rows && k < OUT) { return dy[row * OUT + k]; }
  return 0.0;
}

fn w_at(column: u32, k: u32) -> f32 {
  if (column < IN && k < OUT) { return w[k * IN + column]; }
  return 0.0;
}

fn store(row: u32, column: u32, sums: vec4f) {
  for (var j = 0u; j < 4u; j++) {
    if (row >= uniforms.rows || column + j >= IN) { return; }
    let at = row * IN + column + j;
    var sum = sums[j];
    if (uniforms.accumulate != 0u) { sum += dx[at]; }
    dx[at] = sum;
  }
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) tile: vec3u, @builtin(local_invocation_index) local: u32) {
  let first_row = tile.y * SIDE;
  let first_column = tile.x * SIDE;
  let row = local / 8u * 4u;
  let column = local % 8u * 4u;
  var sums0 = vec4f();
  var sums1 = vec4f();
  var sums2 = vec4f();
  var sums3 = vec4f();
  for (var start = 0u; start < OUT; start += STEP) {
    for (var i = local; i < SIDE * STEP; i += 64u) {
      dy_tile[i % STEP * STRIDE + i / STEP] = dy_at(first_row + i / STEP, start + i % STEP);
      w_tile[i / SIDE * STRIDE + i % SIDE] = w_at(first_column + i % SIDE, start + i / SIDE);
    }
    workgroupBarrier();
    for (var k = 0u; k < STEP; k++) {
      let left = k * STRIDE + row;
      let right = k * STRIDE + column;
      let values = vec4f(w_tile[right], w_tile[right + 1u], w_tile[right + 2u], w_tile[right + 3u]);
      sums0 += dy_tile[left] * values;
      sums1 += dy_tile[left + 1u] * values;
      sums2 += dy_tile[left + 2u] * values;
      sums3 += dy_tile[left + 3u] * values;
    }
    workgroupBarrier();
  }
  store(first_row + row, first_column + column, sums0);
  store(first_row + row + 1u, first_column + column, sums1);
  store(first_row + row + 2u, first_column + column, sums2);
  store(first_row + row + 3u, first_column + column, sums3);
}
