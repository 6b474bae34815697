// Tokens of an answer that came without any: numbers, words and signs, each with the white space before it. Put together they are the text.

export interface CutText {
  /** put together they are the text */
  readonly tokens: readonly string[];
  /** the tokenizer read a changed text: which stretch belongs to which token is as near as can be told */
  readonly isChanged: boolean;
}

/** What cuts a text into the texts of its tokens. */
export type Tokenizer = (text: string) => CutText;

const WORD = /[^\S\n]*(?:\d+(?:[.,]\d+)*|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|[^\s])|\n|[^\S\n]+/gu;

export const words: Tokenizer = (text) => ({ tokens: text.match(WORD) ?? [], isChanged: false });
