// Numbers of a scale in a link: six digits, more than a colour or a bar can say, and within bounds that no layout chokes on.

import { quoted, type LinkFields } from './fields';

const DECIMAL = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;
const LARGEST = 1e12;
/** of a length, which zero would make a division by nothing */
const SMALLEST = 1e-12;

const rounded = (value: number): number => Number(value.toPrecision(6)) + 0;

export function numberText(value: number): string {
  return String(rounded(value));
}

/** Undefined, and told, where it is no number. */
export function readNumber(fields: LinkFields, key: string, text: string): number | undefined {
  return readWithin(fields, key, text, -LARGEST);
}

/** One that is larger than zero. */
export function readLength(fields: LinkFields, key: string, text: string): number | undefined {
  return readWithin(fields, key, text, SMALLEST);
}

function readWithin(fields: LinkFields, key: string, text: string, least: number): number | undefined {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) {
    fields.ignore(`${key} = ${quoted(text)} is not a number.`);
    return undefined;
  }
  const inside = Math.max(least, Math.min(LARGEST, rounded(value)));
  if (value < least || value > LARGEST) fields.ignore(`${key} = ${quoted(text)} is not from ${least} to ${LARGEST}; ${inside} is used.`);
  return inside;
}
