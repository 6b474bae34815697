// Gradient of a linear layer's input, blocked in registers: dx = dy w, added to dx where accumulate is 1.
// Bindings: dy [rows, OUT] and w [OUT, IN] as vec4f in; dx [rows, IN] as vec4f in and out. Uniforms: rows, accumulate,
// IN and OUT (multiples of 4). One invocation makes 16 rows by 2 vec4f; blocks row by row, see blockGrid.
// Four rows of w are a matrix M, so M * dy adds four terms of the sum. Rows and columns past the end read the last one and are
// not stored. No shared memory: see matmul_nt_vec4. The sum runs over OUT in order, in fours.
// Twin: src/kernels/linalg/matmulNn.ts

fn store(row: u32, column: u32, sums: vec4f) {
  let quads = uniforms.IN / 4u;
  if (row >= uniforms.rows || column >= quads) { return; }
  let at = row * quads + column;
  if (uniforms.accumulate != 0u) { dx[at] += sums; } else { dx[at] = sums; }
}

@compute @workgroup_size(8)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let block = id.y * groups.x * 8u + id.x;
  let quads = uniforms.IN / 4u;
  let out_quads = uniforms.OUT / 4u;
  let column_blocks = (quads + 1u) / 2u;
  let row = block / column_blocks * 16u;
  let column = block % column_blocks * 2u;
  if (row >= uniforms.rows) { return; }
  let right_column = min(column + 1u, quads - 1u);
  let last_row = uniforms.rows - 1u;
  let dy0 = min(row + 0u, last_row) * out_quads;
  let dy1 = min(row + 1u, last_row) * out_quads;
  let dy2 = min(row + 2u, last_row) * out_quads;
  let dy3 = min(row + 3u, last_row) * out_quads;
  let dy4 = min(row + 4u, last_row) * out_quads;
  let dy5 = min(row + 5u, last_row) * out_quads;
  let dy6 = min(row + 6u, last_row) * out_quads;
  let dy7 = min(row + 7u, last_row) * out_quads;
  let dy8 = min(row + 8u, last_row) * out_quads;
  let dy9 = min(row + 9u, last_row) * out_quads;
  let dy10 = min(row + 10u, last_row) * out_quads;
  let dy11 = min(row + 11u, last_row) * out_quads;
  let dy12 = min(row + 12u, last_row) * out_quads;
  let dy13 = min(row + 13u, last_row) * out_quads;
  let dy14 = min(row + 14u, last_row) * out_quads;
  let dy15 = min(row + 15u, last_row) * out_quads;
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
  for (var k = 0u; k < out_quads; k++) {
    let at = k * 4u * quads;
    let left = mat4x4f(w[at + column], w[at + quads + column], w[at + 2u * quads + column], w[at + 3u * quads + column]);
    let right = mat4x4f(w[at + right_column], w[at + quads + right_column], w[at + 2u * quads + right_column], w[at + 3u * quads + right_column]);
    let a0 = dy[dy0 + k]; left0 += left * a0; right0 += right * a0;
    let a1 = dy[dy1 + k]; left1 += left * a1; right1 += right * a1;
    let a2 = dy[dy2 + k]; left2 += left * a2; right2 += right * a2;
    let a3 = dy[dy3 + k]; left3 += left * a3; right3 += right * a3;
    let a4 = dy[dy4 + k]; left4 += left * a4; right4 += right * a4;
    let a5 = dy[dy5 + k]; left5 += left * a5; right5 += right * a5;
    let a6 = dy[dy6 + k]; left6 += left * a6; right6 += right * a6;
    let a7 = dy[dy7 + k]; left7 += left * a7; right7 += right * a7;
    let a8 = dy[dy8 + k]; left8 += left * a8; right8 += right * a8;
    let a9 = dy[dy9 + k]; left9 += left * a9; right9 += right * a9;
    let a10 = dy[dy10 + k]; left10 += left * a10; right10 += right * a10;
    let a11 = dy[dy11 + k]; left11 += left * a11; right11 += right * a11;
    let a12 = dy[dy12 + k]; left12 += left * a12; right12 += right * a12;
    let a13 = dy[dy13 + k]; left13 += left * a13; right13 += right * a13;
    let a14 = dy[dy14 + k]; left14 += left * a14; right14 += right * a14;
    let a15 = dy[dy15 + k]; left15 += left * a15; right15 += right * a15;
  }
  var sums = array<vec4f, 32>(
    left0, right0, left1, right1, left2, right2, left3, right3,
    left4, right4, left5, right5, left6, right6, left7, right7,
    left8, right8, left9, right9, left10, right10, left11, right11,
    left12, right12, left13, right13, left14, right14, left15, right15,
  );
  for (var i = 0u; i < 32u; i++) { store(row + i / 2u, column + i % 2u, sums[i]); }
}
