// Tokens of an answer that came without any: numbers, words and signs, each with the white space before it. Put together they are the text.

/** What cuts a text into the texts of its tokens. */
export type Tokenizer = (text: string) => readonly string[];

const WORD = /[^\S\n]*(?:\d+(?:[.,]\d+)*|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|[^\s])|\n|[^\S\n]+/gu;

export const words: Tokenizer = (text) => text.match(WORD) ?? [];
