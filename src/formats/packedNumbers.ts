// Typed arrays in run files: whole multiples of a unit as decimal text, e.g. {"unit":0.0001,"values":"-6931,0,12"}.
// Text beats base64 here: most log-probabilities and probabilities of a trained policy are nearly 0, so they take one
// or two characters, and gzip finds repeated values because they stay aligned to characters. Runs are written as
// value*count ("0*12"), which keeps more of a file inside gzip's window of 32 KB.

import type { Codec } from './codec';
import { FormatError, shown } from './formatError';

const DECADES_BELOW_LARGEST = 5;
const SPECIAL: Readonly<Record<string, number>> = { n: NaN, i: Infinity, '-i': -Infinity };
const SHORTEST_RUN = 3;
const MOST_VALUES = 2 ** 22;
const WHOLE = /^-?\d{1,15}$/;

/** Kept to the given number of decimals. */
export const decimalFloats = (decimals: number): Codec<Float32Array> => ({
  write: (values) => ({ unit: Number(`1e-${decimals}`), values: joined(Array.from(values, (value) => special(value) ?? String(Math.round(value * 10 ** decimals) + 0))) }),
  read: readFloats,
});

/** Kept to the given number of significant digits, and to a hundred-thousandth of the power of ten of the array's largest number. */
export const significantFloats = (digits: number): Codec<Float32Array> => ({
  write: (values) => {
    const decade = largestDecade(values, digits) - DECADES_BELOW_LARGEST;
    const packed = (value: number): string => special(value) ?? String(Number(Math.round(value * 10 ** -decade).toPrecision(digits)) + 0);
    return { unit: Number(`1e${decade}`), values: joined(Array.from(values, packed)) };
  },
  read: readFloats,
});

function readFloats(json: unknown, where: string): Float32Array {
  if (typeof json !== 'object' || json === null || !('unit' in json) || !('values' in json)) throw new FormatError(where, `must be packed numbers, is ${shown(json)}`);
  const { unit } = json;
  if (typeof unit !== 'number' || !Number.isFinite(unit) || unit <= 0) throw new FormatError(`${where}.unit`, `must be a positive number, is ${shown(unit)}`);
  return Float32Array.from(parts(json.values, where), (part, i) => {
    if (Object.hasOwn(SPECIAL, part)) return SPECIAL[part]!;
    return wholeNumber(part, `${where}[${i}]`) * unit;
  });
}

function special(value: number): string | undefined {
  if (Number.isFinite(value)) return undefined;
  return Number.isNaN(value) ? 'n' : value > 0 ? 'i' : '-i';
}

/** Power of ten of the largest magnitude, after rounding to the significant digits. */
function largestDecade(values: Float32Array, digits: number): number {
  const largest = values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
  return largest === 0 ? 0 : Number(largest.toExponential(digits - 1).split('e')[1]);
}

function joined(values: readonly string[]): string {
  const runs: string[] = [];
  for (let start = 0; start < values.length;) {
    let end = start + 1;
    while (end < values.length && values[end] === values[start]) end++;
    runs.push(end - start < SHORTEST_RUN ? values.slice(start, end).join(',') : `${values[start]}*${end - start}`);
    start = end;
  }
  return runs.join(',');
}

function parts(json: unknown, where: string): readonly string[] {
  if (typeof json !== 'string') throw new FormatError(where, `must be packed numbers, is ${shown(json)}`);
  const values: string[] = [];
  if (json === '') return values;
  for (const run of json.split(',')) {
    const [value, times, ...rest] = run.split('*') as [string, string?, ...string[]];
    const count = times === undefined ? 1 : wholeNumber(times, where);
    if (rest.length > 0 || count < 1) throw new FormatError(where, `${shown(run)} is not a run`);
    if (values.length + count > MOST_VALUES) throw new FormatError(where, `holds more than ${MOST_VALUES} values`);
    for (let i = 0; i < count; i++) values.push(value);
  }
  return values;
}

function wholeNumber(part: string, where: string): number {
  if (!WHOLE.test(part)) throw new FormatError(where, `${shown(part)} is not a whole number`);
  return Number(part);
}

function wholes<A extends Uint32Array | Uint8Array>(largest: number, from: (values: number[]) => A): Codec<A> {
  return {
    write: (values) => joined(Array.from(values, String)),
    read: (json, where) => from(parts(json, where).map((part, i) => {
      const value = wholeNumber(part, `${where}[${i}]`);
      if (value < 0 || value > largest) throw new FormatError(`${where}[${i}]`, `${part} is not between 0 and ${largest}`);
      return value;
    })),
  };
}

export const words: Codec<Uint32Array> = wholes(2 ** 32 - 1, (values) => Uint32Array.from(values));
export const bytes: Codec<Uint8Array> = wholes(255, (values) => Uint8Array.from(values));
