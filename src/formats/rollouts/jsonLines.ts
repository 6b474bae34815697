// The lines of a file that need not fit into memory: it is read chunk by chunk, lines go out one by one with their place in the file.
// A line longer than the limit goes out without its text, and nothing of it is kept.

const NEW_LINE = 10;
const CHUNK_BYTES = 2 ** 20;

export interface FileLine {
  /** from 1 */
  readonly number: number;
  /** bytes [start, end) of the file, the line's end not included */
  readonly start: number;
  readonly end: number;
  /** undefined where the line is longer than the limit */
  readonly text: string | undefined;
}

/** Empty lines are counted, but not given. `onChunk`: bytes read so far, after each chunk; awaited. */
export async function* fileLines(file: Blob, limit: number, onChunk?: (bytes: number) => Promise<void> | void, chunkBytes = CHUNK_BYTES): AsyncGenerator<FileLine> {
  const decoder = new TextDecoder();
  let pieces: Uint8Array[] = [];
  let held = 0;
  let [number, start, read] = [1, 0, 0];

  const line = (end: number): FileLine | undefined => {
    const bytes = joined(pieces);
    const isTooLong = end - start > limit;
    const text = isTooLong ? undefined : decoder.decode(bytes);
    const made = isTooLong || text!.trim() !== '' ? { number, start, end, text } : undefined;
    pieces = [];
    held = 0;
    start = end + 1;
    number++;
    return made;
  };
  const hold = (piece: Uint8Array): void => {
    held += piece.length;
    if (held > limit) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  };

  while (read < file.size) {
    const chunk = new Uint8Array(await file.slice(read, read + chunkBytes).arrayBuffer());
    let from = 0;
    for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, from)) {
      hold(chunk.subarray(from, at));
      const made = line(read + at);
      if (made !== undefined) yield made;
      from = at + 1;
    }
    hold(chunk.subarray(from));
    read += chunk.length;
    await onChunk?.(read);
  }
  if (read > start) {
    const made = line(read);
    if (made !== undefined) yield made;
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  pieces.reduce((at, piece) => (all.set(piece, at), at + piece.length), 0);
  return all;
}
