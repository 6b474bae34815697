// Run files (runFile.ts) as streams: gzipped while they are written, and read line by line, so that a long run is never whole
// in memory as text. Where a browser can't gzip, the same text is written plain.

import { FormatError } from './formatError';

const MAGIC = [0x1f, 0x8b];
/** Of text, after gunzipping: a file that claims more is no run. */
const MOST_CHARACTERS = 2 ** 31;
const LONGEST_LINE = 2 ** 28;

export async function gzipped(pieces: AsyncIterable<string> | Iterable<string>): Promise<Blob> {
  if (typeof CompressionStream === 'undefined') {
    const parts: Blob[] = [];
    for await (const piece of pieces) parts.push(new Blob([piece]));
    return new Blob(parts, { type: 'application/json' });
  }
  const { readable, writable } = new CompressionStream('gzip');
  const blob = new Response(readable).blob();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  for await (const piece of pieces) await writer.write(encoder.encode(piece));
  await writer.close();
  return new Blob([await blob], { type: 'application/gzip' });
}

/** `onBytes`: how many bytes of the file have been read. Throws a FormatError where the bytes are no text or their gzip is damaged. */
export async function readLines(file: Blob, onLine: (line: string) => void | Promise<void>, onBytes: (done: number) => void = () => {}): Promise<void> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isGzipped = MAGIC.every((byte, i) => head[i] === byte);
  let read = 0;
  const counted = file.stream().pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      onBytes(read += chunk.byteLength);
      controller.enqueue(chunk);
    },
  }));
  const bytes = isGzipped ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
  const reader = bytes.pipeThrough(new TextDecoderStream('utf-8', { fatal: true })).getReader();
  let pending = '';
  let characters = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new FormatError('run', `${isGzipped ? 'is damaged: it does not unpack to text' : 'is not text'} (${error instanceof Error ? error.message : String(error)})`);
    });
    if (done) break;
    characters += value.length;
    if (characters > MOST_CHARACTERS) throw new FormatError('run', `is longer than ${MOST_CHARACTERS} characters`);
    const lines = (pending + value).split('\n');
    pending = lines.pop()!;
    if (pending.length > LONGEST_LINE) throw new FormatError('run', `has a line of more than ${LONGEST_LINE} characters`);
    for (const line of lines) await onLine(line);
  }
  await onLine(pending);
}
