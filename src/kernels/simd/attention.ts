// What the wasm SIMD bodies of attention and SwiGLU call: see attention.as. Addresses are in bytes.

import type { SimdModule } from '../../gpu/kernel';
import wasm from './attention.as';

type Numbers<Count extends number, Taken extends number[] = []> = Taken['length'] extends Count ? Taken : Numbers<Count, [...Taken, number]>;

export interface AttentionExports {
  /** q, k, v, key_mask, o, statistics; batch, length, heads, kvHeads, headDim; scratch of length + 4 floats */
  attention(...values: Numbers<12>): void;
  /** q, k_cache, v_cache, key_mask, o; rows, position, heads, kvHeads, headDim, capacity; scratch of position + 5 floats */
  attentionDecode(...values: Numbers<12>): void;
  /** q, k, v, key_mask, statistics, d_o, dq; batch, length, heads, kvHeads, headDim */
  attentionGradQuery(...values: Numbers<12>): void;
  /** q, k, v, key_mask, statistics, d_o, dk, dv; batch, length, heads, kvHeads, headDim */
  attentionGradKeyValue(...values: Numbers<13>): void;
  /** gate, up, y; count */
  swiglu(...values: Numbers<4>): void;
  /** gate, up, dy, dgate, dup; count */
  swigluGrad(...values: Numbers<6>): void;
}

export const attentionModule: SimdModule<AttentionExports> = { wasm };
