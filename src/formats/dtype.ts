// Number types of stored tensors: float16 and bfloat16 bit patterns to and from float32 (IEEE 754 round to nearest,
// ties to even), and reading little-endian bytes of any type as float32.

import { FormatError } from './formatError';

export const BYTES_OF = {
  F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, U64: 8, I32: 4, U32: 4, I16: 2, U16: 2, I8: 1, U8: 1, BOOL: 1,
} as const;
export type Dtype = keyof typeof BYTES_OF;

export const isDtype = (text: unknown): text is Dtype => typeof text === 'string' && Object.hasOwn(BYTES_OF, text);

const scratch = new DataView(new ArrayBuffer(4));

function float32Bits(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
}

export function decodeFloat16(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

export function decodeBfloat16(bits: number): number {
  scratch.setUint32(0, (bits << 16) >>> 0);
  return scratch.getFloat32(0);
}

/** From the float32 nearest to `value`; overflow gives infinity, NaN a quiet NaN. */
export function encodeFloat16(value: number): number {
  const bits = float32Bits(value);
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  const exponent = magnitude >>> 23;
  if (exponent < 113) {
    // subnormal in float16: the 24-bit significand is shifted until its unit is 2^-24
    const shift = 126 - exponent;
    if (shift > 25) return sign;
    return sign | roundShift((magnitude & 0x7fffff) | 0x800000, shift);
  }
  return sign | roundShift(magnitude - (112 << 23), 13);
}

export function encodeBfloat16(value: number): number {
  const bits = float32Bits(value);
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40;
  return Math.floor(bits / 65536) + roundUp(bits, 16);
}

/** bits >> shift, rounded to nearest even; a carry moves into the exponent, which is what rounding up there means. */
function roundShift(bits: number, shift: number): number {
  return (bits >>> shift) + roundUp(bits, shift);
}

function roundUp(bits: number, shift: number): 0 | 1 {
  const unit = 2 ** shift;
  const rest = bits % unit;
  const isOdd = Math.floor(bits / unit) % 2 === 1;
  return rest > unit / 2 || (rest === unit / 2 && isOdd) ? 1 : 0;
}

/** Little-endian bytes of floating-point type `dtype` as float32 (float64 is rounded). Whole-number types are refused. */
export function bytesToFloats(bytes: Uint8Array, dtype: Dtype, where: string): Float32Array<ArrayBuffer> {
  const count = bytes.byteLength / BYTES_OF[dtype];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const floats = new Float32Array(count);
  switch (dtype) {
    case 'F32': for (let i = 0; i < count; i++) floats[i] = view.getFloat32(4 * i, true); return floats;
    case 'F64': for (let i = 0; i < count; i++) floats[i] = view.getFloat64(8 * i, true); return floats;
    case 'F16': for (let i = 0; i < count; i++) floats[i] = decodeFloat16(view.getUint16(2 * i, true)); return floats;
    case 'BF16': for (let i = 0; i < count; i++) floats[i] = decodeBfloat16(view.getUint16(2 * i, true)); return floats;
    default: throw new FormatError(where, `holds ${dtype}; weights must be F32, F16, BF16 or F64`);
  }
}
