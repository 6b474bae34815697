// The arithmetic behind the three matmul twins: out[m, n] (+)= sum_k a[m, k] * b[n, k], with any strides for m, n and k.
// Blocks of 4 x 2 outputs live in local variables (double precision) so that V8 keeps them in registers; the sum over k
// is cut into pieces that stay in cache. The order of additions is fixed, so results are the same bits every time.

/** Elements of k summed in double precision before the partial sum is stored as float32. */
const K_PIECE = 512;

export interface Strided {
  readonly data: Float32Array;
  /** distance in elements between neighbours along m (or n) and along k */
  readonly outer: number;
  readonly inner: number;
}

/** Adds the product to `out`, which is [mCount, nCount] row-major. */
export function addStridedProduct(out: Float32Array, a: Strided, b: Strided, mCount: number, nCount: number, kCount: number): void {
  const mBlocked = mCount - (mCount % 4);
  const nBlocked = nCount - (nCount % 2);
  for (let k0 = 0; k0 < kCount; k0 += K_PIECE) {
    const depth = Math.min(K_PIECE, kCount - k0);
    for (let m = 0; m < mBlocked; m += 4) {
      for (let n = 0; n < nBlocked; n += 2) addBlock(out, a, b, m, n, nCount, k0, depth);
    }
    addRegion(out, a, b, 0, mBlocked, nBlocked, nCount, nCount, k0, depth);
    addRegion(out, a, b, mBlocked, mCount, 0, nCount, nCount, k0, depth);
  }
}

function addBlock(out: Float32Array, a: Strided, b: Strided, m: number, n: number, nCount: number, k0: number, depth: number): void {
  const aData = a.data;
  const bData = b.data;
  const aInner = a.inner;
  const bInner = b.inner;
  let a0 = m * a.outer + k0 * aInner;
  let a1 = a0 + a.outer;
  let a2 = a1 + a.outer;
  let a3 = a2 + a.outer;
  let b0 = n * b.outer + k0 * bInner;
  let b1 = b0 + b.outer;
  let s00 = 0, s01 = 0, s10 = 0, s11 = 0, s20 = 0, s21 = 0, s30 = 0, s31 = 0;
  for (let k = 0; k < depth; k++) {
    const left = bData[b0]!;
    const right = bData[b1]!;
    const x0 = aData[a0]!;
    s00 += x0 * left;
    s01 += x0 * right;
    const x1 = aData[a1]!;
    s10 += x1 * left;
    s11 += x1 * right;
    const x2 = aData[a2]!;
    s20 += x2 * left;
    s21 += x2 * right;
    const x3 = aData[a3]!;
    s30 += x3 * left;
    s31 += x3 * right;
    a0 += aInner;
    a1 += aInner;
    a2 += aInner;
    a3 += aInner;
    b0 += bInner;
    b1 += bInner;
  }
  const at = m * nCount + n;
  out[at]! += s00;
  out[at + 1]! += s01;
  out[at + nCount]! += s10;
  out[at + nCount + 1]! += s11;
  out[at + 2 * nCount]! += s20;
  out[at + 2 * nCount + 1]! += s21;
  out[at + 3 * nCount]! += s30;
  out[at + 3 * nCount + 1]! += s31;
}

/** The edges that do not fill a block. */
function addRegion(
  out: Float32Array, a: Strided, b: Strided,
  mFrom: number, mTo: number, nFrom: number, nTo: number, nCount: number, k0: number, depth: number,
): void {
  for (let m = mFrom; m < mTo; m++) {
    for (let n = nFrom; n < nTo; n++) {
      let aAt = m * a.outer + k0 * a.inner;
      let bAt = n * b.outer + k0 * b.inner;
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        sum += a.data[aAt]! * b.data[bAt]!;
        aAt += a.inner;
        bAt += b.inner;
      }
      out[m * nCount + n]! += sum;
    }
  }
}
