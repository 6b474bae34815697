import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesToFloats, decodeBfloat16, decodeFloat16, encodeBfloat16, encodeFloat16 } from './dtype';

interface Case { name: string; inputs: Record<string, (number | string)[]>; expected: Record<string, (number | string)[]> }
const { cases } = JSON.parse(readFileSync('e2e/fixtures/dtype_tables.json', 'utf8')) as { cases: Case[] };
const numbers = (values: (number | string)[]): number[] => values.map((one) => Math.fround(Number(one)));
const table = (name: string): { from: number[]; to: number[] } => {
  const { inputs, expected } = cases.find((one) => one.name === name)!;
  return { from: numbers(Object.values(inputs)[0]!), to: numbers(Object.values(expected)[0]!) };
};

test.each([['f16_decode', decodeFloat16], ['bf16_decode', decodeBfloat16], ['f16_encode', encodeFloat16], ['bf16_encode', encodeBfloat16]] as const)(
  '%s agrees with the reference table', (name, convert) => {
    const { from, to } = table(name);
    expect(from.map(convert).map((value) => value + 0)).toEqual(to);
  });

test('every 16-bit pattern survives decoding and encoding', () => {
  const patterns = Array.from({ length: 65536 }, (_, bits) => bits);
  const lost = (decode: (bits: number) => number, encode: (value: number) => number): number[] =>
    patterns.filter((bits) => !Number.isNaN(decode(bits)) && encode(decode(bits)) !== bits);
  expect(lost(decodeFloat16, encodeFloat16)).toEqual([]);
  expect(lost(decodeBfloat16, encodeBfloat16)).toEqual([]);
});

test('halfway values round to the even neighbour, in subnormals and at overflow too', () => {
  expect(encodeFloat16(2 ** -25)).toBe(0); // halfway between 0 and the smallest subnormal
  expect(encodeFloat16(1.5 * 2 ** -24)).toBe(2);
  expect(encodeFloat16(2 ** -25 * 1.001)).toBe(1);
  expect(encodeFloat16(65519.996)).toBe(0x7bff);
  expect(encodeFloat16(65520)).toBe(0x7c00);
  expect(encodeFloat16(-65520)).toBe(0xfc00);
  expect(encodeFloat16(2 ** -14 - 2 ** -26)).toBe(0x0400); // rounds up out of the subnormals
  expect(encodeBfloat16(1 + 2 ** -8)).toBe(0x3f80);
  expect(encodeBfloat16(1 + 3 * 2 ** -8)).toBe(0x3f82);
  expect(encodeBfloat16(-3.4028235e38)).toBe(0xff80);
  expect(encodeFloat16(NaN) & 0x7c00).toBe(0x7c00);
  expect(encodeBfloat16(NaN)).toBe(0x7fc0);
});

test('float64 is rounded to float32; whole-number types are refused', () => {
  const bytes = new Uint8Array(new Float64Array([0.1, 1e300]).buffer);
  expect([...bytesToFloats(bytes, 'F64', 'x')]).toEqual([Math.fround(0.1), Infinity]);
  expect(() => bytesToFloats(bytes, 'I64', 'x')).toThrow(/I64/);
});
