// The stretch of a text that each of its tokens stands for; put together they are the text again, whatever the tokenizer
// does. A token is decoded behind the one before it, because decoders drop a space at the start of a text. A byte-level
// tokenizer splits a character over several tokens: all of it goes to the last of them, the others stand for nothing. Where
// the tokenizer reads a changed text (small letters only, accents gone, signs it does not know), each token gets what matches
// it best, tokens that match nothing get what lies between, and the whole is called changed.

export interface Pieces {
  readonly pieces: readonly string[];
  /** decoding the tokens does not give the text back */
  readonly isChanged: boolean;
}

/** A character has at most four bytes, so no more tokens than that share one. */
const MOST_OF_A_CHARACTER = 4;
/** How far ahead a token's text is looked for, in characters beyond its own; and more for each token before it that was found nowhere. */
const [LOOK_AHEAD, LONGEST_UNKNOWN] = [40, 24];

/** `decode`: several tokens at once, special ones as text, without cleaning up spaces. */
export function tokenPieces(text: string, ids: readonly number[], decode: (ids: number[]) => string): Pieces {
  if (ids.length === 0) return { pieces: text === '' ? [] : [text], isChanged: text !== '' };
  const exact = exactPieces(text, ids, decode);
  return exact === undefined ? { pieces: nearestPieces(text, decodedAlone(ids, decode)), isChanged: true } : { pieces: exact, isChanged: false };
}

/** Undefined where the tokens do not spell the text. */
function exactPieces(text: string, ids: readonly number[], decode: (ids: number[]) => string): string[] | undefined {
  const pieces: string[] = [];
  /** tokens [before, from) are behind the ones looked at, as in a text that goes on */
  let [before, from, at] = [0, 0, 0];
  for (let end = 1; end <= ids.length; end++) {
    const behind = before === from ? '' : decode(ids.slice(before, from));
    const whole = decode(ids.slice(before, end));
    const piece = whole.slice(behind.length);
    const isPart = piece.endsWith('\ufffd') && end - from < MOST_OF_A_CHARACTER && end < ids.length;
    if (!whole.startsWith(behind) || !text.startsWith(piece, at)) {
      if (!isPart) return undefined;
      continue;
    }
    // a character of the text can be that sign itself
    while (pieces.length < end - 1) pieces.push('');
    pieces.push(piece);
    at += piece.length;
    [before, from] = [from, end];
  }
  return at === text.length && pieces.length === ids.length ? pieces : undefined;
}

const decodedAlone = (ids: readonly number[], decode: (ids: number[]) => string): string[] => ids.map((id, i) => {
  if (i === 0) return decode([id]);
  const behind = decode([ids[i - 1]!]);
  const both = decode([ids[i - 1]!, id]);
  return both.startsWith(behind) ? both.slice(behind.length) : decode([id]);
});

/** Each token's own text is looked for a little ahead in the text, case and accents aside. */
function nearestPieces(text: string, decoded_T: readonly string[]): string[] {
  const { folded, ends } = fold(text);
  const pieces: string[] = [];
  let [at, inFolded, missed] = [0, 0, 0];
  for (const decoded of decoded_T) {
    const core = fold(decoded.trim()).folded;
    // tokens found nowhere stand for at least a character each
    const from = inFolded + missed;
    const found = core === '' ? -1 : folded.slice(from, from + core.length + LOOK_AHEAD + LONGEST_UNKNOWN * missed).indexOf(core);
    if (found < 0) {
      missed++;
      continue;
    }
    const start = from + found === 0 ? 0 : ends[from + found - 1]!;
    inFolded = from + found + core.length;
    const end = Math.max(start, ends[inFolded - 1]!);
    const between = missed === 0 ? [] : shared(text.slice(at, start), missed);
    pieces.push(...between, text.slice(at + between.join('').length, end));
    [at, missed] = [end, 0];
  }
  if (missed > 0) pieces.push(...shared(text.slice(at), missed));
  const rest = text.slice(pieces.join('').length);
  return [...pieces.slice(0, -1), `${pieces.at(-1)}${rest}`];
}

/** A stretch that tokens found nowhere stand for: a character or a word each where that comes out even, else all of it by the last of them. */
function shared(text: string, tokens: number): string[] {
  const characters = [...text];
  if (characters.length === tokens) return characters;
  const ofWords = text.match(/\s*\S+/g) ?? [];
  return ofWords.length === tokens ? ofWords : [...Array<string>(tokens - 1).fill(''), ofWords.join('')];
}

/** Without case and accents; `ends`: of each unit of it, where its character ends in the text. */
function fold(text: string): { readonly folded: string; readonly ends: readonly number[] } {
  let [folded, at] = ['', 0];
  const ends: number[] = [];
  for (const character of text) {
    at += character.length;
    const plain = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    for (let i = 0; i < plain.length; i++) ends.push(at);
    // an accent of its own belongs to the letter before it
    if (plain === '' && ends.length > 0) ends[ends.length - 1] = at;
    folded += plain;
  }
  return { folded, ends };
}
