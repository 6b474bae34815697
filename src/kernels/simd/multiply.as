// The third body of the three matmuls: wasm SIMD, written in AssemblyScript, compiled when the project is built.
//   c[i, j] (+)= sum over p of a[i * aRow + p * aStep] * b[p * bStep + j]
// One micro-kernel holds 4 x 8 outputs in registers and walks p; strides let it serve a w, a^T b and, after transpose, a w^T.
// Strides are in bytes. p is walked in blocks so that the strip of b stays in cache; the order of sums is fixed.
// The work of every function is cut into parts, of which it does those from first to end: any cut gives the same bits.
// Twins: src/kernels/linalg.

const DEPTH: i32 = 256;

/** A part is four rows of c. */
export function multiply(
  a: usize, aRow: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize,
  rows: i32, columns: i32, depth: i32, accumulate: bool, first: i32, end: i32,
): void {
  const firstRow = first << 2;
  const endRow = min(end << 2, rows);
  const blockRows = endRow & ~3;
  const blockColumns = columns & ~7;
  for (let p = 0; p < depth; p += DEPTH) {
    const steps = min(DEPTH, depth - p);
    const aBlock = a + p * aStep;
    const bBlock = b + p * bStep;
    const adds = accumulate || p > 0;
    for (let j = 0; j < blockColumns; j += 8) {
      for (let i = firstRow; i < blockRows; i += 4) block(aBlock + i * aRow, aRow, aStep, bBlock + (j << 2), bStep, c + i * cRow + (j << 2), cRow, steps, adds);
    }
    for (let i = firstRow; i < endRow; i++) {
      for (let j = i < blockRows ? blockColumns : 0; j < columns; j++) {
        single(aBlock + i * aRow, aStep, bBlock + (j << 2), bStep, c + i * cRow + (j << 2), steps, adds);
      }
    }
  }
}

/** to[j, i] = from[i, j], so that a product with w^T can walk its columns. A part is a row of `from`. */
export function transpose(from: usize, to: usize, rows: i32, columns: i32, first: i32, end: i32): void {
  for (let i = first; i < end; i++) {
    for (let j = 0; j < columns; j++) store<f32>(to + ((j * rows + i) << 2), load<f32>(from + ((i * columns + j) << 2)));
  }
}

function block(a: usize, aRow: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, steps: i32, adds: bool): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (adds) {
    c00 = v128.load(c); c01 = v128.load(c, 16);
    c10 = v128.load(c + cRow); c11 = v128.load(c + cRow, 16);
    c20 = v128.load(c + 2 * cRow); c21 = v128.load(c + 2 * cRow, 16);
    c30 = v128.load(c + 3 * cRow); c31 = v128.load(c + 3 * cRow, 16);
  }
  for (let p = 0; p < steps; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let one = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(one, b0)); c01 = f32x4.add(c01, f32x4.mul(one, b1));
    one = v128.load_splat<f32>(a + aRow);
    c10 = f32x4.add(c10, f32x4.mul(one, b0)); c11 = f32x4.add(c11, f32x4.mul(one, b1));
    one = v128.load_splat<f32>(a + 2 * aRow);
    c20 = f32x4.add(c20, f32x4.mul(one, b0)); c21 = f32x4.add(c21, f32x4.mul(one, b1));
    one = v128.load_splat<f32>(a + 3 * aRow);
    c30 = f32x4.add(c30, f32x4.mul(one, b0)); c31 = f32x4.add(c31, f32x4.mul(one, b1));
    a += aStep;
    b += bStep;
  }
  v128.store(c, c00); v128.store(c, c01, 16);
  v128.store(c + cRow, c10); v128.store(c + cRow, c11, 16);
  v128.store(c + 2 * cRow, c20); v128.store(c + 2 * cRow, c21, 16);
  v128.store(c + 3 * cRow, c30); v128.store(c + 3 * cRow, c31, 16);
}

function single(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, steps: i32, adds: bool): void {
  let sum: f32 = adds ? load<f32>(c) : 0;
  for (let p = 0; p < steps; p++) {
    sum += load<f32>(a) * load<f32>(b);
    a += aStep;
    b += bStep;
  }
  store<f32>(c, sum);
}
