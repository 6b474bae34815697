// Linear layer in shared-memory tiles: y = x w^T (+ bias) (+ residual).
// Bindings: x [rows, IN], w [OUT, IN], bias [OUT], residual [rows, OUT] in; y [rows, OUT] out. Uniforms: rows.
// Constants: IN, OUT, HAS_BIAS, HAS_RESIDUAL. A workgroup of 64 makes 32 x 32 outputs, 4 x 4 an invocation; workgroups (tiles of columns, tiles of rows).
// Tiles lie k-major, 36 apart to spread the banks; past the edges they hold zeros. The sum runs over IN in order.
// For hardware GPUs; not measured on one yet (on SwiftShader barriers make it slow).
// Twin: src/kernels/linalg/matmulNt.ts

const SIDE = 32u;
const STEP = 16u;
const STRIDE = 36u;
var<workgroup> x_tile: array<f32, STEP * STRIDE>;
var<workgroup> w_tile: array<f32, STEP * STRIDE>;

fn x_at(row: u32, k: u32) -> f32 {
  if (row < uniforms.rows && k < IN) { return x[row * IN + k]; }
  return 0.0;
}

fn w_at(column: u32, k: u32) -> f32 {
  if (column < OUT && k < IN) { return w[column * IN + k]; }
  return 0.0;
}

fn store(row: u32, column: u32, sums: vec4f) {
  for (var j = 0u; j < 4u; j++) {
    if (row >= uniforms.rows || column + j >= OUT) { return; }
    let at = row * OUT + column + j;
    var sum = sums[j];
    if (HAS_BIAS != 0u) { sum += bias[column + j]; }
    if (HAS_RESIDUAL != 0u) { sum += residual[at]; }
    y[at] = sum;
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
  for (var start = 0u; start < IN; start += STEP) {
    for (var i = local; i < SIDE * STEP; i += 64u) {
      let k = i % STEP;
      let line = i / STEP;
      x_tile[k * STRIDE + line] = x_at(first_row + line, start + k);
      w_tile[k * STRIDE + line] = w_at(first_column + line, start + k);
    }
    workgroupBarrier();
    for (var k = 0u; k < STEP; k++) {
      let left = k * STRIDE + row;
      let right = k * STRIDE + column;
      let values = vec4f(w_tile[right], w_tile[right + 1u], w_tile[right + 2u], w_tile[right + 3u]);
      sums0 += x_tile[left] * values;
      sums1 += x_tile[left + 1u] * values;
      sums2 += x_tile[left + 2u] * values;
      sums3 += x_tile[left + 3u] * values;
    }
    workgroupBarrier();
  }
  store(first_row + row, first_column + column, sums0);
  store(first_row + row + 1u, first_column + column, sums1);
  store(first_row + row + 2u, first_column + column, sums2);
  store(first_row + row + 3u, first_column + column, sums3);
}
