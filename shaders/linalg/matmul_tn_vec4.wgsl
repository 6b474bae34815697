// Gradient of a linear layer's weights, blocked in registers: dw += dy^T x.
// Bindings: dy [rows, OUT] and x [rows, IN] as vec4f in; dw [OUT, IN] as vec4f in and out. Uniforms: rows,
// IN and OUT (multiples of 4). One invocation makes 16 rows of dw by 4 vec4f and walks all rows of the batch in order:
// eight loads for 256 products (8 rows by 2 vec4f, with dy number by number, took 1.3 to 1.5 times as long on a software adapter).
// Blocks row by row, see blockGrid. Rows of dw and columns past the end read the last one and are not stored. Left out: splitting
// the sum over rows, which a large GPU needs to be busy, because the parts would have to be added in a second pass.
// Twin: src/kernels/linalg/matmulTn.ts

fn store(row: u32, column: u32, sums: vec4f) {
  let quads = uniforms.IN / 4u;
  if (row < uniforms.OUT && column < quads) { dw[row * quads + column] += sums; }
}

@compute @workgroup_size(8)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let block = id.y * groups.x * 8u + id.x;
  let quads = uniforms.IN / 4u;
  let out_quads = uniforms.OUT / 4u;
  let column_blocks = (quads + 3u) / 4u;
  let column = block % column_blocks * 4u;
  let row_quad = block / column_blocks * 4u;
  if (row_quad >= out_quads) { return; }
  let column1 = min(column + 1u, quads - 1u);
  let column2 = min(column + 2u, quads - 1u);
  let column3 = min(column + 3u, quads - 1u);
  let quad1 = min(row_quad + 1u, out_quads - 1u);
  let quad2 = min(row_quad + 2u, out_quads - 1u);
  let quad3 = min(row_quad + 3u, out_quads - 1u);
  var sum0_0 = vec4f(); var sum0_1 = vec4f(); var sum0_2 = vec4f(); var sum0_3 = vec4f();
  var sum1_0 = vec4f(); var sum1_1 = vec4f(); var sum1_2 = vec4f(); var sum1_3 = vec4f();
  var sum2_0 = vec4f(); var sum2_1 = vec4f(); var sum2_2 = vec4f(); var sum2_3 = vec4f();
  var sum3_0 = vec4f(); var sum3_1 = vec4f(); var sum3_2 = vec4f(); var sum3_3 = vec4f();
  var sum4_0 = vec4f(); var sum4_1 = vec4f(); var sum4_2 = vec4f(); var sum4_3 = vec4f();
  var sum5_0 = vec4f(); var sum5_1 = vec4f(); var sum5_2 = vec4f(); var sum5_3 = vec4f();
  var sum6_0 = vec4f(); var sum6_1 = vec4f(); var sum6_2 = vec4f(); var sum6_3 = vec4f();
  var sum7_0 = vec4f(); var sum7_1 = vec4f(); var sum7_2 = vec4f(); var sum7_3 = vec4f();
  var sum8_0 = vec4f(); var sum8_1 = vec4f(); var sum8_2 = vec4f(); var sum8_3 = vec4f();
  var sum9_0 = vec4f(); var sum9_1 = vec4f(); var sum9_2 = vec4f(); var sum9_3 = vec4f();
  var sum10_0 = vec4f(); var sum10_1 = vec4f(); var sum10_2 = vec4f(); var sum10_3 = vec4f();
  var sum11_0 = vec4f(); var sum11_1 = vec4f(); var sum11_2 = vec4f(); var sum11_3 = vec4f();
  var sum12_0 = vec4f(); var sum12_1 = vec4f(); var sum12_2 = vec4f(); var sum12_3 = vec4f();
  var sum13_0 = vec4f(); var sum13_1 = vec4f(); var sum13_2 = vec4f(); var sum13_3 = vec4f();
  var sum14_0 = vec4f(); var sum14_1 = vec4f(); var sum14_2 = vec4f(); var sum14_3 = vec4f();
  var sum15_0 = vec4f(); var sum15_1 = vec4f(); var sum15_2 = vec4f(); var sum15_3 = vec4f();
  for (var k = 0u; k < uniforms.rows; k++) {
    let x_row = k * quads;
    let dy_row = k * out_quads;
    let x0 = x[x_row + column];
    let x1 = x[x_row + column1];
    let x2 = x[x_row + column2];
    let x3 = x[x_row + column3];
    let dy0 = dy[dy_row + row_quad];
    let dy1 = dy[dy_row + quad1];
    let dy2 = dy[dy_row + quad2];
    let dy3 = dy[dy_row + quad3];
    sum0_0 += dy0.x * x0; sum0_1 += dy0.x * x1; sum0_2 += dy0.x * x2; sum0_3 += dy0.x * x3;
    sum1_0 += dy0.y * x0; sum1_1 += dy0.y * x1; sum1_2 += dy0.y * x2; sum1_3 += dy0.y * x3;
    sum2_0 += dy0.z * x0; sum2_1 += dy0.z * x1; sum2_2 += dy0.z * x2; sum2_3 += dy0.z * x3;
    sum3_0 += dy0.w * x0; sum3_1 += dy0.w * x1; sum3_2 += dy0.w * x2; sum3_3 += dy0.w * x3;
    sum4_0 += dy1.x * x0; sum4_1 += dy1.x * x1; sum4_2 += dy1.x * x2; sum4_3 += dy1.x * x3;
    sum5_0 += dy1.y * x0; sum5_1 += dy1.y * x1; sum5_2 += dy1.y * x2; sum5_3 += dy1.y * x3;
    sum6_0 += dy1.z * x0; sum6_1 += dy1.z * x1; sum6_2 += dy1.z * x2; sum6_3 += dy1.z * x3;
    sum7_0 += dy1.w * x0; sum7_1 += dy1.w * x1; sum7_2 += dy1.w * x2; sum7_3 += dy1.w * x3;
    sum8_0 += dy2.x * x0; sum8_1 += dy2.x * x1; sum8_2 += dy2.x * x2; sum8_3 += dy2.x * x3;
    sum9_0 += dy2.y * x0; sum9_1 += dy2.y * x1; sum9_2 += dy2.y * x2; sum9_3 += dy2.y * x3;
    sum10_0 += dy2.z * x0; sum10_1 += dy2.z * x1; sum10_2 += dy2.z * x2; sum10_3 += dy2.z * x3;
    sum11_0 += dy2.w * x0; sum11_1 += dy2.w * x1; sum11_2 += dy2.w * x2; sum11_3 += dy2.w * x3;
    sum12_0 += dy3.x * x0; sum12_1 += dy3.x * x1; sum12_2 += dy3.x * x2; sum12_3 += dy3.x * x3;
    sum13_0 += dy3.y * x0; sum13_1 += dy3.y * x1; sum13_2 += dy3.y * x2; sum13_3 += dy3.y * x3;
    sum14_0 += dy3.z * x0; sum14_1 += dy3.z * x1; sum14_2 += dy3.z * x2; sum14_3 += dy3.z * x3;
    sum15_0 += dy3.w * x0; sum15_1 += dy3.w * x1; sum15_2 += dy3.w * x2; sum15_3 += dy3.w * x3;
  }
  var sums = array<vec4f, 64>(
    sum0_0, sum0_1, sum0_2, sum0_3, sum1_0, sum1_1, sum1_2, sum1_3,
    sum2_0, sum2_1, sum2_2, sum2_3, sum3_0, sum3_1, sum3_2, sum3_3,
    sum4_0, sum4_1, sum4_2, sum4_3, sum5_0, sum5_1, sum5_2, sum5_3,
    sum6_0, sum6_1, sum6_2, sum6_3, sum7_0, sum7_1, sum7_2, sum7_3,
    sum8_0, sum8_1, sum8_2, sum8_3, sum9_0, sum9_1, sum9_2, sum9_3,
    sum10_0, sum10_1, sum10_2, sum10_3, sum11_0, sum11_1, sum11_2, sum11_3,
    sum12_0, sum12_1, sum12_2, sum12_3, sum13_0, sum13_1, sum13_2, sum13_3,
    sum14_0, sum14_1, sum14_2, sum14_3, sum15_0, sum15_1, sum15_2, sum15_3,
  );
  for (var i = 0u; i < 64u; i++) { store(row_quad * 4u + i / 4u, column + i % 4u, sums[i]); }
}
