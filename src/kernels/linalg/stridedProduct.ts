// The arithmetic behind the three matmul twins: out[m, n] += sum_k a[m, k] * b[n, k], with any strides for m, n and k.
// Both operands are packed, four lines side by side, as doubles: V8 then multiplies 4 x 4 blocks from local variables
// without converting or striding (about 2 GFLOP/s on one core here, where strided float32 loads give 1.4). The sum over
// k is cut into pieces that stay in cache. The order of additions is fixed: the same inputs give the same bits.

/** Terms summed in double precision before the partial sum is added to the float32 output. */
const PIECE = 512;

export interface Strided {
  readonly data: Float32Array;
  /** distance in elements between neighbours along m (or n), and along k */
  readonly outer: number;
  readonly inner: number;
}

/** Adds the product to `out`, which is [mCount, nCount] row-major. */
export function addStridedProduct(out: Float32Array, a: Strided, b: Strided, mCount: number, nCount: number, kCount: number): void {
  const deepest = Math.min(PIECE, kCount);
  const aPacked = new Float64Array(4 * deepest);
  const bPacked = new Float64Array(Math.ceil(nCount / 4) * 4 * deepest);
  const block = new Float64Array(16);
  for (let k = 0; k < kCount; k += PIECE) {
    const depth = Math.min(PIECE, kCount - k);
    for (let n = 0; n < nCount; n += 4) pack(b, n, nCount, k, depth, bPacked, n * depth);
    for (let m = 0; m < mCount; m += 4) {
      pack(a, m, mCount, k, depth, aPacked, 0);
      for (let n = 0; n < nCount; n += 4) {
        multiplyBlock(aPacked, bPacked, n * depth, depth, block);
        const rows = Math.min(4, mCount - m);
        const columns = Math.min(4, nCount - n);
        for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[(m + i) * nCount + n + j]! += block[i * 4 + j]!;
      }
    }
  }
}

/** Lines first..first+3, terms k..k+depth-1, as into[start + term * 4 + line]; lines past `count` are zero. */
function pack({ data, outer, inner }: Strided, first: number, count: number, k: number, depth: number, into: Float64Array, start: number): void {
  for (let line = 0; line < 4; line++) {
    const inside = first + line < count;
    let from = (first + line) * outer + k * inner;
    for (let at = start + line, end = at + depth * 4; at < end; at += 4, from += inner) into[at] = inside ? data[from]! : 0;
  }
}

function multiplyBlock(a: Float64Array, b: Float64Array, bStart: number, depth: number, block: Float64Array): void {
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0;
  let s10 = 0, s11 = 0, s12 = 0, s13 = 0;
  let s20 = 0, s21 = 0, s22 = 0, s23 = 0;
  let s30 = 0, s31 = 0, s32 = 0, s33 = 0;
  for (let at = 0, end = depth * 4, bAt = bStart; at < end; at += 4, bAt += 4) {
    const b0 = b[bAt]!, b1 = b[bAt + 1]!, b2 = b[bAt + 2]!, b3 = b[bAt + 3]!;
    const a0 = a[at]!;
    s00 += a0 * b0; s01 += a0 * b1; s02 += a0 * b2; s03 += a0 * b3;
    const a1 = a[at + 1]!;
    s10 += a1 * b0; s11 += a1 * b1; s12 += a1 * b2; s13 += a1 * b3;
    const a2 = a[at + 2]!;
    s20 += a2 * b0; s21 += a2 * b1; s22 += a2 * b2; s23 += a2 * b3;
    const a3 = a[at + 3]!;
    s30 += a3 * b0; s31 += a3 * b1; s32 += a3 * b2; s33 += a3 * b3;
  }
  block[0] = s00; block[1] = s01; block[2] = s02; block[3] = s03;
  block[4] = s10; block[5] = s11; block[6] = s12; block[7] = s13;
  block[8] = s20; block[9] = s21; block[10] = s22; block[11] = s23;
  block[12] = s30; block[13] = s31; block[14] = s32; block[15] = s33;
}
