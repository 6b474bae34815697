// Numbers of a fixture: nested lists, or {shape, dtype: 'F32', b64}. "NaN" and the infinities are text.

import { fromBase64 } from '../../formats/base64';
import { FormatError, shown } from '../../formats/formatError';

export interface NumberTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

const SPECIAL: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };
const MOST_NUMBERS = 2 ** 28;

export function readTensor(value: unknown, where: string): NumberTensor {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return unpack(value as Record<string, unknown>, where);
  const shape: number[] = [];
  const numbers: number[] = [];
  collect(value, 0, shape, numbers, where);
  return { shape, data: Float32Array.from(numbers) };
}

/** One number or special text. */
export function readNumber(value: unknown, where: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && Object.hasOwn(SPECIAL, value)) return SPECIAL[value]!;
  throw new FormatError(where, `holds ${shown(value)} where a number is needed`);
}

function collect(value: unknown, depth: number, shape: number[], numbers: number[], where: string): void {
  if (!Array.isArray(value)) {
    if (depth !== shape.length) throw new FormatError(where, 'is ragged');
    numbers.push(readNumber(value, where));
    return;
  }
  if (depth > 8) throw new FormatError(where, 'is nested too deeply');
  if (depth === shape.length) {
    if (numbers.length > 0) throw new FormatError(where, 'is ragged');
    shape.push(value.length);
  }
  if (shape[depth] !== value.length) throw new FormatError(where, `is ragged: a row has ${value.length} entries, another ${shape[depth]}`);
  for (const one of value) collect(one, depth + 1, shape, numbers, where);
}

function unpack({ shape, dtype, b64 }: Record<string, unknown>, where: string): NumberTensor {
  if (dtype !== 'F32') throw new FormatError(where, `has dtype ${shown(dtype)}; F32 is the format's only one`);
  if (typeof b64 !== 'string') throw new FormatError(where, 'has no b64 text');
  if (!Array.isArray(shape) || !shape.every((size): size is number => Number.isSafeInteger(size) && size >= 0)) throw new FormatError(where, `has shape ${shown(shape)}`);
  const bytes = fromBase64(b64, where);
  const count = shape.reduce((product, size) => product * size, 1);
  if (count > MOST_NUMBERS || bytes.length !== 4 * count) throw new FormatError(where, `shape [${shape.join(', ')}] needs ${4 * count} bytes, b64 holds ${bytes.length}`);
  const view = new DataView(bytes.buffer);
  return { shape, data: Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true)) };
}
