// Linear layer, blocked in registers: y = x w^T (+ bias) (+ residual).
// Bindings: x [rows, IN] and w [OUT, IN] as vec4f, bias [OUT], residual [rows, OUT] in; y [rows, OUT] out. Uniforms: rows,
// IN (a multiple of 4), OUT: so long to compile, the shader serves every layer of a model. Constants: HAS_BIAS, HAS_RESIDUAL (as
// uniforms they cost a tenth: their loads stay). One invocation makes 16 rows by 8 columns; blocks row by row, see blockGrid.
// Four rows of w are a matrix M, so x * M is four dot products. Rows and columns past the end read the last one and are not stored.
// No shared memory: on a software adapter the loads are the cost and barriers cost more (8 rows by 8 columns, with more loads a
// product, took 1.2 to 1.3 times as long). The sum runs over IN in order, in fours.
// Twin: src/kernels/linalg/matmulNt.ts

fn store(row: u32, column: u32, sum: f32) {
  if (row >= uniforms.rows || column >= uniforms.OUT) { return; }
  let at = row * uniforms.OUT + column;
  var value = sum;
  if (HAS_BIAS != 0u) { value += bias[column]; }
  if (HAS_RESIDUAL != 0u) { value += residual[at]; }
  y[at] = value;
}

@compute @workgroup_size(8)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let block = id.y * groups.x * 8u + id.x;
  let column_blocks = (uniforms.OUT + 7u) / 8u;
  let row = block / column_blocks * 16u;
  let column = block % column_blocks * 8u;
  if (row >= uniforms.rows) { return; }
  let quads = uniforms.IN / 4u;
  let last_column = uniforms.OUT - 1u;
  let last_row = uniforms.rows - 1u;
  let x0 = min(row + 0u, last_row) * quads;
  let x1 = min(row + 1u, last_row) * quads;
  let x2 = min(row + 2u, last_row) * quads;
  let x3 = min(row + 3u, last_row) * quads;
  let x4 = min(row + 4u, last_row) * quads;
  let x5 = min(row + 5u, last_row) * quads;
  let x6 = min(row + 6u, last_row) * quads;
  let x7 = min(row + 7u, last_row) * quads;
  let x8 = min(row + 8u, last_row) * quads;
  let x9 = min(row + 9u, last_row) * quads;
  let x10 = min(row + 10u, last_row) * quads;
  let x11 = min(row + 11u, last_row) * quads;
  let x12 = min(row + 12u, last_row) * quads;
  let x13 = min(row + 13u, last_row) * quads;
  let x14 = min(row + 14u, last_row) * quads;
  let x15 = min(row + 15u, last_row) * quads;
  let w0 = min(column + 0u, last_column) * quads;
  let w1 = min(column + 1u, last_column) * quads;
  let w2 = min(column + 2u, last_column) * quads;
  let w3 = min(column + 3u, last_column) * quads;
  let w4 = min(column + 4u, last_column) * quads;
  let w5 = min(column + 5u, last_column) * quads;
  let w6 = min(column + 6u, last_column) * quads;
  let w7 = min(column + 7u, last_column) * quads;
  var left0 = vec4f(); var right0 = vec4f();
  var left1 = vec4f(); var right1 = vec4f();
  var left2 = vec4f(); var right2 = vec4f();
  var left3 = vec4f(); var right3 = vec4f();
  var left4 = vec4f(); var right4 = vec4f();
  var left5 = vec4f(); var right5 = vec4f();
  var left6 = vec4f(); var right6 = vec4f();
  var left7 = vec4f(); var right7 = vec4f();
  var left8 = vec4f(); var right8 = vec4f();
  var left9 = vec4f(); var right9 = vec4f();
  var left10 = vec4f(); var right10 = vec4f();
  var left11 = vec4f(); var right11 = vec4f();
  var left12 = vec4f(); var right12 = vec4f();
  var left13 = vec4f(); var right13 = vec4f();
  var left14 = vec4f(); var right14 = vec4f();
  var left15 = vec4f(); var right15 = vec4f();
  for (var k = 0u; k < quads; k++) {
    let left = mat4x4f(w[w0 + k], w[w1 + k], w[w2 + k], w[w3 + k]);
    let right = mat4x4f(w[w4 + k], w[w5 + k], w[w6 + k], w[w7 + k]);
    let a0 = x[x0 + k]; left0 += a0 * left; right0 += a0 * right;
    let a1 = x[x1 + k]; left1 += a1 * left; right1 += a1 * right;
    let a2 = x[x2 + k]; left2 += a2 * left; right2 += a2 * right;
    let a3 = x[x3 + k]; left3 += a3 * left; right3 += a3 * right;
    let a4 = x[x4 + k]; left4 += a4 * left; right4 += a4 * right;
    let a5 = x[x5 + k]; left5 += a5 * left; right5 += a5 * right;
    let a6 = x[x6 + k]; left6 += a6 * left; right6 += a6 * right;
    let a7 = x[x7 + k]; left7 += a7 * left; right7 += a7 * right;
    let a8 = x[x8 + k]; left8 += a8 * left; right8 += a8 * right;
    let a9 = x[x9 + k]; left9 += a9 * left; right9 += a9 * right;
    let a10 = x[x10 + k]; left10 += a10 * left; right10 += a10 * right;
    let a11 = x[x11 + k]; left11 += a11 * left; right11 += a11 * right;
    let a12 = x[x12 + k]; left12 += a12 * left; right12 += a12 * right;
    let a13 = x[x13 + k]; left13 += a13 * left; right13 += a13 * right;
    let a14 = x[x14 + k]; left14 += a14 * left; right14 += a14 * right;
    let a15 = x[x15 + k]; left15 += a15 * left; right15 += a15 * right;
  }
  var sums = array<vec4f, 32>(
    left0, right0, left1, right1, left2, right2, left3, right3,
    left4, right4, left5, right5, left6, right6, left7, right7,
    left8, right8, left9, right9, left10, right10, left11, right11,
    left12, right12, left13, right13, left14, right14, left15, right15,
  );
  for (var i = 0u; i < 32u; i++) {
    let start = column + i % 2u * 4u;
    store(row + i / 2u, start, sums[i].x);
    store(row + i / 2u, start + 1u, sums[i].y);
    store(row + i / 2u, start + 2u, sums[i].z);
    store(row + i / 2u, start + 3u, sums[i].w);
  }
}
