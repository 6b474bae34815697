// A tokenizer's two files from outside (tokenizer.json and, where there is one, tokenizer_config.json), before transformers.js
// gets to see them: it takes their shape for granted. What they mean is the library's to know.

import { asObject, FormatError, parseJson, shown } from './formatError';

/** The largest in use have 33 MB. */
export const MOST_TOKENIZER_BYTES = 64e6;
const MOST_TOKENS = 2_000_000;
const MOST_ADDED = 20_000;
/** as long as a special token gets; one without a text would be found everywhere */
const LONGEST_ADDED = 1000;
const MODELS = ['BPE', 'Unigram', 'WordPiece'];

/** Throws a FormatError with what is wrong. */
export function checkTokenizerJson(bytes: Uint8Array, where = 'tokenizer.json'): void {
  const root = asObject(parseJson(bytes, where), where);
  const model = asObject(root['model'], `${where}: model`);
  const type = model['type'] ?? (Array.isArray(model['vocab']) ? 'Unigram' : 'BPE');
  if (typeof type !== 'string' || !MODELS.includes(type)) throw new FormatError(`${where}: model.type`, `${shown(model['type'])} is none of ${MODELS.join(', ')}`);
  if (type === 'Unigram') checkPieces(model['vocab'], `${where}: model.vocab`);
  else checkVocabulary(model['vocab'], `${where}: model.vocab`);
  if (type === 'BPE') checkMerges(model['merges'], `${where}: model.merges`);
  checkAdded(root['added_tokens'] ?? [], `${where}: added_tokens`);
}

function checkVocabulary(value: unknown, where: string): void {
  const entries = Object.entries(asObject(value, where));
  if (entries.length === 0 || entries.length > MOST_TOKENS) throw new FormatError(where, `has ${entries.length} tokens; 1 to ${MOST_TOKENS} are read`);
  for (const [name, id] of entries) if (!isId(id)) throw new FormatError(where, `token ${shown(name)} has id ${shown(id)}`);
}

function checkPieces(value: unknown, where: string): void {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_TOKENS) throw new FormatError(where, `must be a list of 1 to ${MOST_TOKENS} pieces`);
  value.forEach((piece: unknown, id) => {
    if (!Array.isArray(piece) || typeof piece[0] !== 'string' || typeof piece[1] !== 'number') throw new FormatError(`${where}[${id}]`, `must be a text and its score, is ${shown(piece)}`);
  });
}

function checkMerges(value: unknown, where: string): void {
  if (!Array.isArray(value) || value.length > MOST_TOKENS) throw new FormatError(where, `must be a list of at most ${MOST_TOKENS} pairs`);
  value.forEach((pair: unknown, i) => {
    const isPair = typeof pair === 'string' || (Array.isArray(pair) && pair.length === 2 && pair.every((one) => typeof one === 'string'));
    if (!isPair) throw new FormatError(`${where}[${i}]`, `must be two texts, is ${shown(pair)}`);
  });
}

function checkAdded(value: unknown, where: string): void {
  if (!Array.isArray(value) || value.length > MOST_ADDED) throw new FormatError(where, `must be a list of at most ${MOST_ADDED} tokens`);
  value.forEach((one: unknown, i) => {
    const { id, content } = asObject(one, `${where}[${i}]`);
    if (!isId(id)) throw new FormatError(`${where}[${i}].id`, `${shown(id)} is no token id`);
    if (typeof content !== 'string' || content === '' || content.length > LONGEST_ADDED) throw new FormatError(`${where}[${i}].content`, `must be a text of 1 to ${LONGEST_ADDED} characters`);
  });
}

const isId = (id: unknown): boolean => typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 && id < 2 * MOST_TOKENS;
