// Text in a PNG, against bytes and checksums from elsewhere: zlib's CRC, the specification's last chunk, a picture of the repository.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pngText, withPngText } from './pngText';

const picture = new Uint8Array(readFileSync(join(import.meta.dirname, '../../public/picture.png')));
const ascii = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) });

/** A PNG of one black pixel, made here by the specification with zlib's own deflate; the last chunk's bytes are the specification's. */
function onePixel(): Uint8Array {
  const of = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(slowCrc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), of('IHDR', header), of('IDAT', zlib.deflateSync(Buffer.from([0, 0]))), Buffer.from('0000000049454e44ae426082', 'hex')]));
}

/** Bit by bit from the polynomial, as the specification defines it. */
function slowCrc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (0xedb88320 ^ (c >>> 1)) >>> 0 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

describe('text in a PNG', () => {
  it('is written byte for byte as the specification says', () => {
    const before = onePixel();
    const after = withPngText(before, 'creditscope', 'v=1');
    const added = Buffer.from(after.subarray(33, 33 + 12 + 15));
    expect(added.subarray(0, 4).toString('hex')).toBe('0000000f');
    expect(added.subarray(4, 23).toString('latin1')).toBe('tEXtcreditscope\0v=1');
    expect(added.readUInt32BE(23)).toBe(slowCrc(added.subarray(4, 23)));
    expect(Buffer.concat([after.subarray(0, 33), after.subarray(33 + 27)])).toEqual(Buffer.from(before));
    expect(Buffer.from(after.subarray(-12)).toString('hex')).toBe('0000000049454e44ae426082');
  });

  it('comes back, whatever it says', () => {
    fc.assert(fc.property(ascii, (text) => {
      expect(pngText(withPngText(picture, 'creditscope', text), 'creditscope')).toBe(text);
    }), { numRuns: 30, seed: 1 });
    expect(pngText(picture, 'creditscope')).toBeUndefined();
    expect(pngText(withPngText(picture, 'other', 'x'), 'creditscope')).toBeUndefined();
  });

  it('refuses what is no ASCII and what is no PNG', () => {
    expect(() => withPngText(picture, 'creditscope', 'ü')).toThrow(RangeError);
    expect(() => withPngText(Uint8Array.of(1, 2, 3), 'creditscope', 'x')).toThrow(/PNG/);
  });

  it('is not read where the chunk is damaged, and nothing throws on broken bytes', () => {
    const good = withPngText(onePixel(), 'creditscope', 'v=1&p=small');
    const bad = good.slice();
    bad[50]! ^= 1;
    expect(pngText(bad, 'creditscope')).toBeUndefined();
    fc.assert(fc.property(fc.nat(good.length), fc.uint8Array({ maxLength: 40 }), (cut, more) => {
      const text = pngText(Uint8Array.from([...good.subarray(0, cut), ...more]), 'creditscope');
      expect(text === undefined || text === 'v=1&p=small').toBe(true);
    }), { numRuns: 300, seed: 2 });
  });
});
