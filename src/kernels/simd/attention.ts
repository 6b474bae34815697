// What the wasm SIMD bodies of attention and SwiGLU call: see attention.as. Addresses are in bytes; first and end come last.

import type { SimdModule } from '../../gpu/kernel';
import wasm from './attention.as';
import sharedWasm from './attention.as?shared';

type Numbers<Count extends number, Taken extends number[] = []> = Taken['length'] extends Count ? Taken : Numbers<Count, [...Taken, number]>;

export interface AttentionExports {
  /** q, k, v, key_mask, o, statistics; length, heads, kvHeads, headDim; scratch of length + 4 floats a part */
  attention(...values: Numbers<13>): void;
  /** q, k_cache, v_cache, key_mask, o; position, heads, kvHeads, headDim, capacity; scratch of position + 5 floats a part */
  attentionDecode(...values: Numbers<13>): void;
  /** q, k, v, key_mask, statistics, d_o, dq; length, heads, kvHeads, headDim */
  attentionGradQuery(...values: Numbers<13>): void;
  /** q, k, v, key_mask, statistics, d_o, dk, dv; length, heads, kvHeads, headDim */
  attentionGradKeyValue(...values: Numbers<14>): void;
  /** gate, up, y; count */
  swiglu(...values: Numbers<6>): void;
  /** gate, up, dy, dgate, dup; count */
  swigluGrad(...values: Numbers<8>): void;
}

export const attentionModule: SimdModule<AttentionExports> = { wasm, sharedWasm };
