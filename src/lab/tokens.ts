// Text of a task <-> token ids: one token a character, so offsets of characters are offsets of tokens.

import { FIRST_CHARACTER_TOKEN, STOP_TOKEN } from '../tasks/task';

/** Stands for a token that has no character, such as padding sampled in the middle of an answer. */
const NO_CHARACTER = '\uFFFD';

export function encode(alphabet: readonly string[], text: string): number[] {
  return [...text].map((character) => {
    const id = alphabet.indexOf(character);
    if (id < FIRST_CHARACTER_TOKEN) throw new RangeError(`character ${JSON.stringify(character)} is not in the alphabet`);
    return id;
  });
}

/** Up to the stop token, which has no character. */
export function decode(alphabet: readonly string[], tokens: Iterable<number>): string {
  let text = '';
  for (const id of tokens) {
    if (id === STOP_TOKEN) break;
    text += id < FIRST_CHARACTER_TOKEN ? NO_CHARACTER : alphabet[id] ?? NO_CHARACTER;
  }
  return text;
}
