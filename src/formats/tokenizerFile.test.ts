import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from './formatError';
import { readTokenizer, writeTokenizer } from './tokenizerFile';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const changed = (change: (model: Record<string, unknown>) => void): Uint8Array => {
  const file = JSON.parse(writeTokenizer(['a', 'b'])) as { model: Record<string, unknown> };
  change(file.model);
  return bytes(JSON.stringify(file));
};

test('any alphabet survives, newlines, digits and characters outside the basic plane included', () => {
  const alphabet = ['7', '0', '+', '\n', ' ', '"', '\\', '−', '𝛑'];
  expect(readTokenizer(bytes(writeTokenizer(alphabet)))).toEqual(alphabet);
  const file = JSON.parse(writeTokenizer(alphabet)) as { model: { vocab: Record<string, number> }; added_tokens: { id: number; special: boolean }[] };
  expect(file.model.vocab).toMatchObject({ '<pad>': 0, '<stop>': 1, 7: 2, 0: 3, '\n': 5 });
  expect(file.added_tokens.map(({ id, special }) => [id, special])).toEqual([[0, true], [1, true]]);
});

test.each([
  ['merges', changed((model) => { model['merges'] = ['a b']; }), /merges/],
  ['another model', changed((model) => { model['type'] = 'Unigram'; }), /"Unigram"/],
  ['equal ids', changed((model) => { model['vocab'] = { '<pad>': 0, '<stop>': 1, a: 2, b: 2 }; }), /share id 2/],
  ['an id outside', changed((model) => { model['vocab'] = { '<pad>': 0, '<stop>': 1, a: 9 }; }), /has id 9/],
  ['no stop token', changed((model) => { model['vocab'] = { '<pad>': 0, a: 1 }; }), /id 1 <stop>/],
  ['a long token', changed((model) => { model['vocab'] = { '<pad>': 0, '<stop>': 1, ab: 2 }; }), /"ab" is not one character/],
])('%s is refused', (_, file, message) => {
  expect(() => readTokenizer(file)).toThrow(FormatError);
  expect(() => readTokenizer(file)).toThrow(message);
});

test('random JSON gives FormatError', () => {
  fc.assert(fc.property(fc.json(), (json) => {
    expect(() => readTokenizer(bytes(json))).toThrow(FormatError);
  }), { numRuns: 300 });
});
