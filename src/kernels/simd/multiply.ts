// What the matmuls' wasm SIMD bodies call: see multiply.as.

import type { SimdModule } from '../../gpu/kernel';
import wasm from './multiply.as';
import sharedWasm from './multiply.as?shared';

export interface MultiplyExports {
  /** c[i, j] (+)= sum over p of a[i * aRow + p * aStep] * b[p * bStep + j]; addresses and strides in bytes; parts of four rows */
  multiply(
    a: number, aRow: number, aStep: number, b: number, bStep: number, c: number, cRow: number,
    rows: number, columns: number, depth: number, accumulate: number, first: number, end: number,
  ): void;
  transpose(from: number, to: number, rows: number, columns: number, first: number, end: number): void;
}

export const multiplyModule: SimdModule<MultiplyExports> = { wasm, sharedWasm };
