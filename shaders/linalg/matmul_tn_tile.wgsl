// Gradient of a linear layer's weights in shared-memory tiles: dw += dy^T x.
// Bindings: dy [rows, OUT], x [rows, IN] in; dw [OUT, IN] in and out. Uniforms: rows.
// Constants: IN, OUT. A workgroup of 64 makes 32 x 32 outputs, 4 x 4 an invocation; workgroups (tiles of columns, tiles of rows).
// Tiles lie k-major, 36 apart to spread the banks; past the edges they hold zeros. The sum runs over the rows in order.
// Left out: splitting the sum over rows, which small weights on a large GPU need, for it takes a second pass; see supports().
// For hardware GPUs; not measured on one yet (on SwiftShader barriers make it slow).
// Twin: src/kernels/linalg/matmulTn.ts

const SIDE = 32u;
const STEP = 16u;
const STRIDE = 36u;
var<workgroup> dy_tile: array<f32, STEP * STRIDE>;
var<workgroup> x_tile: array<f32, STEP * STRIDE>;

fn dy_at(column: u32, k: u32) -> f32 {
  if (column < OUT && k < uniforms.rows) { return dy[k * OUT + column]; }
  return 0.0;
}

fn x_at(column: u32, k: u32) -> f32 {
  if (column < IN && k < uniforms.rows) { return x[k * IN + column]; }
  return 0.0;
}

fn store(row: u32, column: u32, sums: vec4f) {
  for (var j = 0u; j < 4u; j++) {
    if (row < OUT && column + j < IN) { dw[row * IN + column + j] += sums[j]; }
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
  for (var start = 0u; start < uniforms.rows; start += STEP) {
    for (var i = local; i < SIDE * STEP; i += 64u) {
      let k = i / SIDE;
      let line = i % SIDE;
      dy_tile[k * STRIDE + line] = dy_at(first_row + line, start + k);
      x_tile[k * STRIDE + line] = x_at(first_column + line, start + k);
    }
    workgroupBarrier();
    for (var k = 0u; k < STEP; k++) {
      let left = k * STRIDE + row;
      let right = k * STRIDE + column;
      let values = vec4f(x_tile[right], x_tile[right + 1u], x_tile[right + 2u], x_tile[right + 3u]);
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
