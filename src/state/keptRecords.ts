// How much of a long run the page keeps to scrub through: every record of every update up to a bound, then, as often as needed,
// of the older half every second one. The lines of all updates stay, so curves are whole, and so does what the browser keeps.

import type { UpdateRecord } from '../lab/record';

/** Of arrays: 700 updates of preset default, 1,400 of preset small. */
export const MOST_RECORD_BYTES = 256 * 2 ** 20;

const known = new WeakMap<UpdateRecord, number>();

export function recordBytes(record: UpdateRecord): number {
  const before = known.get(record);
  if (before !== undefined) return before;
  const bytes = arrayBytes(record);
  known.set(record, bytes);
  return bytes;
}

/** The same list where it is within the bound. The first and the newer half stay. */
export function thinned(updates: readonly UpdateRecord[], most = MOST_RECORD_BYTES): readonly UpdateRecord[] {
  let left = updates;
  while (left.length > 2 && left.reduce((sum, record) => sum + recordBytes(record), 0) > most) {
    const half = Math.floor(left.length / 2);
    left = left.filter((_, i) => i > half || i % 2 === 0);
  }
  return left;
}

function arrayBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, one) => sum + arrayBytes(one), 0) : 0;
}
