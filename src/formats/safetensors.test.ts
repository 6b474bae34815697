import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from './formatError';
import { SafetensorsFile, writeSafetensors } from './safetensors';

/** A file from a header text and as many data bytes as asked for. */
function file(header: string, dataBytes = 0, length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}
const entry = (begin: number, end: number, shape = '[2]', dtype = 'F32'): string => `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

describe('a malformed file gets its own message', () => {
  test.each([
    ['empty', new Uint8Array(0), /has 0 bytes/],
    ['seven bytes', new Uint8Array(7), /has 7 bytes/],
    ['header length past the end', file('{}', 0, 99n), /99 reaches past the end/],
    ['absurd header length', file('{}', 0, 2n ** 63n), /above the limit/],
    ['not JSON', file('{"a":'), /not JSON/],
    ['not UTF-8', Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe]), /not JSON/],
    ['a list', file('[]'), /must be an object/],
    ['a tensor that is a number', file('{"a":3}'), /tensor "a": must be an object/],
    ['unknown dtype', file(`{"a":${entry(0, 8, '[2]', 'F7')}}`, 8), /unknown dtype "F7"/],
    ['dtype of the prototype', file(`{"a":${entry(0, 8, '[2]', 'toString')}}`, 8), /unknown dtype/],
    ['shape that disagrees', file(`{"a":${entry(0, 8, '[3]')}}`, 8), /needs 12 bytes, its data_offsets hold 8/],
    ['shape whose product overflows', file(`{"a":${entry(0, 8, '[9007199254740991,9007199254740991]')}}`, 8), /needs .* bytes/],
    ['negative shape', file(`{"a":${entry(0, 8, '[-2]')}}`, 8), /shape \[-2\]/],
    ['fractional shape', file(`{"a":${entry(0, 8, '[2.5]')}}`, 8), /shape \[2.5\]/],
    ['negative offset', file(`{"a":${entry(-8, 0)}}`, 8), /negative or not whole/],
    ['three offsets', file('{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4,8]}}', 8), /two numbers/],
    ['reversed offsets', file(`{"a":${entry(8, 0)}}`, 8), /before it begins/],
    ['data past the end', file(`{"a":${entry(0, 8)}}`, 4), /ends at byte 8; the file holds 4/],
    ['overlap', file(`{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12), /"b": overlaps "a"/],
    ['hole', file(`{"a":${entry(0, 8)},"b":${entry(12, 20)}}`, 20), /leaves a hole of 4 bytes after "a"/],
    ['hole at the start', file(`{"a":${entry(4, 12)}}`, 12), /hole of 4 bytes after the header/],
    ['bytes that belong to none', file(`{"a":${entry(0, 8)}}`, 9), /1 bytes after the last tensor/],
    ['duplicate name', file(`{"a":${entry(0, 8)},"a":${entry(0, 8)}}`, 8), /"a" twice/],
    ['duplicate name written differently', file(`{"a":${entry(0, 8)},"\\u0061":${entry(0, 8)}}`, 8), /"a" twice/],
    ['unknown field', file('{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"b":1}}', 4), /unknown field "b"/],
    ['metadata that is no text', file('{"__metadata__":{"a":1}}'), /__metadata__.a/],
  ])('%s', (_, bytes, message) => {
    expect(() => new SafetensorsFile(bytes)).toThrow(FormatError);
    expect(() => new SafetensorsFile(bytes)).toThrow(message);
  });
});

test('offsets in any order, empty tensors, scalars and padded headers are fine', () => {
  const opened = new SafetensorsFile(file(`{"b":${entry(4, 12)},"__metadata__":{"x":"a\\"b"},"s":${entry(0, 4, '[]')},"e":${entry(4, 4, '[0,3]')}}   `, 12));
  expect([...opened.entries.keys()]).toEqual(['b', 's', 'e']);
  expect(opened.tensor('s').data.length).toBe(1);
  expect(opened.tensor('e').shape).toEqual([0, 3]);
  expect(() => opened.tensor('toString')).toThrow(/no tensor "toString"/);
});

test.each(['f16', 'bf16', 'f32'])('reads %s weights to the sums of the reference', (dtype) => {
  const folder = `e2e/fixtures/hf_llama_untied_${dtype}`;
  const opened = new SafetensorsFile(readFileSync(`${folder}/model.safetensors`));
  const { checksums } = (JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as { expected: { checksums: Record<string, { shape: number[]; sum: number; last: number }> } }).expected;
  expect(Object.keys(checksums).length).toBe(opened.entries.size);
  for (const [name, { shape, sum, last }] of Object.entries(checksums)) {
    const tensor = opened.tensor(name);
    expect(tensor.shape).toEqual(shape);
    expect(tensor.data.reduce((a, b) => a + b, 0)).toBeCloseTo(sum, 4);
    expect(tensor.data.at(-1)).toBe(Math.fround(last));
  }
});

test('what is written is read back, and the order of insertion does not show', () => {
  const a = { shape: [2, 2], data: Float32Array.from([1, -0, NaN, 1e-42]) };
  const b = { shape: [1], data: Float32Array.from([7]) };
  const bytes = writeSafetensors(new Map([['b', b], ['a', a]]), { note: 'x' });
  expect(bytes).toEqual(writeSafetensors(new Map([['a', a], ['b', b]]), { note: 'x' }));
  const opened = new SafetensorsFile(bytes);
  expect(opened.metadata).toEqual({ format: 'pt', note: 'x' });
  expect(opened.tensor('a')).toEqual(a);
  expect(opened.tensor('b')).toEqual(b);
  expect(() => writeSafetensors(new Map([['a', { shape: [3], data: a.data }]]))).toThrow(RangeError);
});

const opensOrFormatError = (bytes: Uint8Array): void => {
  try {
    const opened = new SafetensorsFile(bytes);
    for (const [name, { dtype }] of opened.entries) if (/F/.test(dtype)) opened.tensor(name);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
  }
};

test('random bytes and damaged files give nothing but FormatError', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), opensOrFormatError), { numRuns: 500 });
  fc.assert(fc.property(fc.json(), fc.nat(40), (json, data) => opensOrFormatError(file(json, data))), { numRuns: 500 });
  const anEntry = fc.record({ dtype: fc.constantFrom('F32', 'BF16', 'I8', 'x'), shape: fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 3 }), data_offsets: fc.array(fc.integer({ min: -2, max: 30 }), { minLength: 1, maxLength: 3 }) });
  fc.assert(fc.property(fc.dictionary(fc.string(), anEntry), fc.nat(40), (header, data) => opensOrFormatError(file(JSON.stringify(header), data))), { numRuns: 1000 });
  const real = readFileSync('e2e/fixtures/hf_llama_untied_bf16/model.safetensors');
  fc.assert(fc.property(fc.nat(2400), fc.nat(255), (at, value) => {
    const damaged = Uint8Array.from(real);
    damaged[at] = value;
    opensOrFormatError(damaged);
  }), { numRuns: 300 });
  fc.assert(fc.property(fc.nat(real.length - 1), (length) => {
    expect(() => new SafetensorsFile(real.subarray(0, length))).toThrow(FormatError);
  }), { numRuns: 200 });
});
