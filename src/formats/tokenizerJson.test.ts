// Hostile tokenizer.json files: every one is refused with a sentence, or opened by the library without harm.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from './formatError';
import { checkTokenizerJson } from './tokenizerJson';
import { byteLevelTokenizer, lowerCaseTokenizer, pieceTokenizer } from './tokenizerTesting';

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const refusal = (value: unknown): string => {
  try {
    checkTokenizerJson(bytes(value));
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
  return '';
};
const base = byteLevelTokenizer(['h e']) as { model: object };
const withModel = (change: object) => ({ ...base, model: { ...base.model, ...change } });

test('the three kinds in use are read', () => {
  for (const one of [base, lowerCaseTokenizer(['a']), pieceTokenizer(['a']), withModel({ merges: [['h', 'e']] }), withModel({ type: undefined })]) expect(refusal(one)).toBe('');
});

test.each([
  ['no JSON', 'oops', /is not JSON/],
  ['deep nesting', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /must be an object|is not JSON/],
  ['a list', '[]', /must be an object/],
  ['no model', '{}', /model: must be an object, is nothing/],
  ['another kind of model', withModel({ type: 'WordLevel' }), /"WordLevel" is none of BPE, Unigram, WordPiece/],
  ['a kind that is no text', withModel({ type: { toString: 1 } }), /is none of/],
  ['the kind __proto__', withModel({ type: '__proto__' }), /is none of/],
  ['a vocabulary that is a list', withModel({ vocab: ['a'] }), /vocab: must be an object/],
  ['no tokens', withModel({ vocab: {} }), /has 0 tokens/],
  ['an id below 0', withModel({ vocab: { a: -1 } }), /token "a" has id -1/],
  ['an id that would make a giant list', withModel({ vocab: { a: 4e15 } }), /token "a" has id 4000000000000000/],
  ['an id that is a text', withModel({ vocab: { a: '1' } }), /has id "1"/],
  ['merges that are an object', withModel({ merges: { length: 1 } }), /merges: must be a list/],
  ['a merge of three', withModel({ merges: [['a', 'b', 'c']] }), /merges\[0\]: must be two texts/],
  ['a piece without a score', { model: { type: 'Unigram', vocab: [['a']] } }, /vocab\[0\]: must be a text and its score/],
  ['special tokens that are texts', { ...base, added_tokens: ['<s>'] }, /added_tokens\[0\]: must be an object/],
  ['an empty special token', { ...base, added_tokens: [{ id: 1, content: '' }] }, /content: must be a text of 1 to 1000 characters/],
  ['a huge special token', { ...base, added_tokens: [{ id: 1, content: 'x'.repeat(100_000) }] }, /content: must be a text/],
  ['very many special tokens', { ...base, added_tokens: Array(30_000).fill({ id: 1, content: 'x' }) }, /at most 20000/],
])('refused: %s', (_, value, says) => {
  const message = refusal(value);
  expect(message).toMatch(says);
  expect(message.length).toBeLessThan(300);
});

test('what passes opens, or is refused by the library, and leaves nothing behind', async () => {
  const { PreTrainedTokenizer } = await import('@huggingface/transformers');
  const before = Object.getOwnPropertyNames(Object.prototype);
  const odd = fc.oneof(fc.constantFrom(null, 0, -1, '', '__proto__', 'constructor', [], {}, true, { type: '__proto__' }, { type: 'Sequence', normalizers: [null] }), fc.jsonValue({ maxDepth: 3 }));
  const at = fc.constantFrom('normalizer', 'pre_tokenizer', 'post_processor', 'decoder', 'added_tokens', 'truncation', '__proto__', 'model.unk_token', 'model.merges', 'model.vocab', 'model.byte_fallback');
  let opened = 0;
  fc.assert(fc.property(at, odd, (where, value) => {
    const [room, inner] = where.split('.') as [string, string | undefined];
    const changed = JSON.parse(JSON.stringify(base)) as Record<string, Record<string, unknown>>;
    const target = inner === undefined ? changed as Record<string, unknown> : changed[room]!;
    Object.defineProperty(target, inner ?? room, { value, enumerable: true });
    const text = JSON.stringify(changed);
    if (refusal(text) !== '') return;
    try {
      const tokenizer = new PreTrainedTokenizer(JSON.parse(text) as object, {});
      tokenizer.encode('hehe __proto__ é', { add_special_tokens: false });
      opened++;
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
  }), { numRuns: 400, seed: 2 });
  expect(opened).toBeGreaterThan(20);
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  // a token of that name is a token like any other
  const proto = JSON.parse(JSON.stringify(byteLevelTokenizer(['_ _', '__ p'])).replace('"__p"', '"__proto__"')) as object;
  expect(refusal(proto)).toBe('');
  const tokenizer = new PreTrainedTokenizer(proto, {});
  expect(tokenizer.decode(tokenizer.encode('__x', { add_special_tokens: false }), { skip_special_tokens: false, clean_up_tokenization_spaces: false })).toBe('__x');
});
