// Text inside a PNG: chunk tEXt with a keyword and Latin-1 text, after the header chunk (PNG specification, 11.3.3.3). Only what is
// needed to put one in and to read it back: pixels are neither looked at nor changed.

import { crc32 } from './crc32';
import { FormatError } from './formatError';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const HEADER_END = SIGNATURE.length + 12 + 13;
/** longer texts are not ours */
const MOST_TEXT = 65_536;

interface Chunk { readonly type: string; readonly data: Uint8Array; readonly isWhole: boolean }

/** The same picture with the text. Keyword and text must be printable ASCII. */
export function withPngText(png: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  if (!/^[ -~]{1,79}$/.test(keyword) || !/^[ -~]*$/.test(text)) throw new RangeError('text in a PNG is written in ASCII only');
  if ([...chunks(png)][0]?.type !== 'IHDR') throw new FormatError('the picture', 'does not begin as a PNG');
  const made = chunk('tEXt', new TextEncoder().encode(`${keyword}\0${text}`));
  const whole = new Uint8Array(png.length + made.length);
  whole.set(png.subarray(0, HEADER_END));
  whole.set(made, HEADER_END);
  whole.set(png.subarray(HEADER_END), HEADER_END + made.length);
  return whole;
}

/** Undefined where the picture has no such text. Never throws for a picture that is damaged: then it has none either. */
export function pngText(png: Uint8Array, keyword: string): string | undefined {
  for (const { type, data, isWhole } of chunks(png)) {
    if (type !== 'tEXt' || !isWhole || data.length > MOST_TEXT) continue;
    const text = new TextDecoder('latin1').decode(data);
    const end = text.indexOf('\0');
    if (text.slice(0, end) === keyword) return text.slice(end + 1);
  }
  return undefined;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const made = new Uint8Array(12 + data.length);
  const view = new DataView(made.buffer);
  view.setUint32(0, data.length);
  made.set(new TextEncoder().encode(type), 4);
  made.set(data, 8);
  view.setUint32(8 + data.length, crc32(made.subarray(4, 8 + data.length)));
  return made;
}

function* chunks(png: Uint8Array): Generator<Chunk> {
  if (!SIGNATURE.every((byte, i) => png[i] === byte)) return;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let at = SIGNATURE.length;
  while (at + 12 <= png.length) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > png.length) return;
    yield { type: new TextDecoder('latin1').decode(png.subarray(at + 4, at + 8)), data: png.subarray(at + 8, end), isWhole: crc32(png.subarray(at + 4, end)) === view.getUint32(end) };
    at = end + 4;
  }
}
