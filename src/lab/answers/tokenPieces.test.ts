// Pieces by tokenizers of transformers.js whose files are made here: byte-level with merges, whole words in small letters,
// and pieces with a mark for the space. Whatever they do, the pieces are the text.

import type { PreTrainedTokenizer as Tokenizer } from '@huggingface/transformers';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { byteLevelTokenizer, lowerCaseTokenizer, pieceTokenizer } from '../../formats/tokenizerTesting';
import { tokenPieces } from './tokenPieces';

let open: (json: object) => Tokenizer;
beforeAll(async () => {
  const { PreTrainedTokenizer } = await import('@huggingface/transformers');
  open = (json) => new PreTrainedTokenizer(json, {});
});

const cut = (tokenizer: Tokenizer, text: string) => {
  const ids = tokenizer.encode(text, { add_special_tokens: false });
  return { ids, ...tokenPieces(text, ids, (some) => tokenizer.decode(some, { skip_special_tokens: false, clean_up_tokenization_spaces: false })) };
};

describe('byte by byte', () => {
  test('plain letters: the merges’ stretches', () => {
    expect(cut(open(byteLevelTokenizer(['Ġ t', 'h e', 'Ġt he'])), 'on the hat')).toMatchObject({ pieces: ['o', 'n', ' the', ' ', 'h', 'a', 't'], isChanged: false });
  });

  test('a character of several tokens is the last one’s; the others stand for nothing', () => {
    const { pieces, isChanged, ids } = cut(open(byteLevelTokenizer([])), 'é🙂ß');
    // by UTF-8: two, four and two bytes
    expect(ids).toHaveLength(8);
    expect(pieces).toEqual(['', 'é', '', '', '', '🙂', '', 'ß']);
    expect(isChanged).toBe(false);
  });

  test('a token that ends inside a character gives its beginning up to the one that ends it', () => {
    // a space and the first byte of the smile are one token, as GPT-2 has it
    expect(cut(open(byteLevelTokenizer(['Ġ ð', 'Ġð Ł'])), 'a 🙂 b').pieces).toEqual(['a', '', '', ' 🙂', ' ', 'b']);
  });

  test('accents of their own, families joined by signs, and other scripts spell the text', () => {
    for (const text of ['e\u0301le\u0300ve', '👨‍👩‍👧 zu dritt', '計算は 3×4＝12', 'नमस्ते', '\ud83d alone', '<b>&amp;</b>', '\u0000\n\t ', '__proto__']) expect(cut(open(byteLevelTokenizer(['Ġ t'])), text).pieces.join(''), text).toBe(text);
  });

  test('any text', () => {
    const tokenizer = open(byteLevelTokenizer(['Ġ t', 'h e', 'Ġt he', 'ð Ł']));
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const { pieces, ids } = cut(tokenizer, text);
      expect(pieces.join('')).toBe(text);
      expect(pieces).toHaveLength(text === '' ? 0 : Math.max(1, ids.length));
    }), { numRuns: 500, seed: 1 });
  });
});

describe('tokenizers that read a changed text', () => {
  test('small letters only: the pieces are in the text’s own letters, and it is said', () => {
    expect(cut(open(lowerCaseTokenizer(['the', 'cat', '##s', 'cafe', '.'])), 'The Cats. Café.')).toMatchObject({ pieces: ['The', ' Cat', 's', '.', ' Café', '.'], isChanged: true });
  });

  test('what it does not know: a word or a character each where that comes out even, else all of it with the last', () => {
    const tokenizer = open(lowerCaseTokenizer(['the', 'cat']));
    expect(cut(tokenizer, 'the ☃ cat ☃')).toMatchObject({ pieces: ['the', ' ☃', ' cat', ' ☃'], isChanged: true });
    expect(cut(tokenizer, 'The dog saw the Cat').pieces).toEqual(['The', ' dog', ' saw', ' the', ' Cat']);
    expect(cut(tokenizer, '☃').pieces).toEqual(['☃']);
    expect(tokenPieces('ab, c 3', [1, 2, 3], (ids) => ids.map((id) => (id === 3 ? '3' : '<unknown>')).join(''))).toEqual({ pieces: ['ab,', ' c', ' 3'], isChanged: true });
    expect(tokenPieces('a b c d 3', [1, 2, 3], (ids) => ids.map((id) => (id === 3 ? '3' : '<unknown>')).join(''))).toEqual({ pieces: ['', 'a b c d', ' 3'], isChanged: true });
  });

  test('an alphabet of some characters: the others are one token each, wherever the next known one stands', () => {
    const read = (text: string) => {
      const ids = [...text].map((character) => character.codePointAt(0)!);
      return tokenPieces(text, ids, (some) => some.map((id) => (/[\d+=]/.test(String.fromCodePoint(id)) ? String.fromCodePoint(id) : '<pad>')).join(''));
    };
    const text = `Janet eats 3 eggs, ${'and so on and on, '.repeat(20)}then 16+3=19 é🙂!`;
    expect(read(text)).toEqual({ pieces: [...text], isChanged: true });
  });

  test('any text, and any text that comes back', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 12 }), (text, back) => {
      const { pieces } = tokenPieces(text, back.map((_, i) => i), (ids) => ids.map((id) => back[id]!).join(''));
      expect(pieces.join('')).toBe(text);
      expect(pieces).toHaveLength(back.length);
    }), { numRuns: 2000, seed: 3 });
  });
});

test('a mark for the space: spaces stay where they are, also the first', () => {
  const tokenizer = open(pieceTokenizer(['▁the', '▁cat', '▁', 's']));
  expect(cut(tokenizer, 'the cats')).toMatchObject({ pieces: ['the', ' cat', 's'], isChanged: false });
  expect(cut(tokenizer, 'the cat').pieces.join('')).toBe('the cat');
});

test('no tokens at all: one piece, so that nothing is lost', () => {
  expect(tokenPieces('abc', [], () => '')).toEqual({ pieces: ['abc'], isChanged: true });
  expect(tokenPieces('', [], () => '')).toEqual({ pieces: [], isChanged: false });
});
