// tokenizer.json for a task's alphabet, one token a character, as `transformers` and transformers.js open it: a BPE
// model without merges splits any text into characters, and the Fuse decoder joins them without spaces.
// (A WordLevel model would say it more plainly, but transformers.js has none.) Padding is id 0, the stop token id 1.

import { FIRST_CHARACTER_TOKEN, PADDING_TOKEN, STOP_TOKEN } from '../tasks/task';
import { asObject, FormatError, parseJson, shown } from './formatError';

const PADDING_NAME = '<pad>';
export const STOP_NAME = '<stop>';
const LARGEST_ALPHABET = 65_536;

/** `alphabet`: the characters of ids 2, 3, ...; `words`: texts of the ids after them, taken whole wherever they stand, the longest first. */
export function writeTokenizer(alphabet: readonly string[], words: readonly string[] = []): string {
  refuseBadAlphabet(alphabet, 'alphabet');
  const vocabulary = Object.fromEntries([[PADDING_NAME, PADDING_TOKEN], [STOP_NAME, STOP_TOKEN], ...alphabet.map((character, i) => [character, FIRST_CHARACTER_TOKEN + i] as const)]);
  const added = (id: number, content: string, special = true) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special });
  return `${JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [added(PADDING_TOKEN, PADDING_NAME), added(STOP_TOKEN, STOP_NAME), ...words.map((word, i) => added(FIRST_CHARACTER_TOKEN + alphabet.length + i, word, false))],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: { type: 'Fuse' },
    model: {
      type: 'BPE',
      dropout: null,
      // a character outside the alphabet becomes padding rather than vanishing
      unk_token: PADDING_NAME,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: vocabulary,
      merges: [],
    },
  }, null, 1)}\n`;
}

export function writeTokenizerConfig(maximumPositions: number, chatTemplate?: string): string {
  return `${JSON.stringify({
    tokenizer_class: 'PreTrainedTokenizerFast',
    pad_token: PADDING_NAME,
    eos_token: STOP_NAME,
    clean_up_tokenization_spaces: false,
    model_max_length: maximumPositions,
    padding_side: 'left',
    ...(chatTemplate !== undefined && { chat_template: chatTemplate }),
  }, null, 2)}\n`;
}

/** The characters of ids 2, 3, ... of a tokenizer written by writeTokenizer. */
export function readTokenizer(bytes: Uint8Array, where = 'tokenizer.json'): string[] {
  const root = asObject(parseJson(bytes, where), where);
  const model = asObject(root['model'], `${where}: model`);
  if (model['type'] !== 'BPE' && model['type'] !== 'WordLevel') throw new FormatError(`${where}: model.type`, `${shown(model['type'])} is not one token a character`);
  const merges = model['merges'] ?? [];
  if (!Array.isArray(merges) || merges.length > 0) throw new FormatError(`${where}: model.merges`, 'must be empty: one token a character');
  const entries = Object.entries(asObject(model['vocab'], `${where}: model.vocab`));
  if (entries.length > LARGEST_ALPHABET) throw new FormatError(`${where}: model.vocab`, `has ${entries.length} tokens; at most ${LARGEST_ALPHABET} are read`);
  const names: string[] = [];
  for (const [name, id] of entries) {
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0 || id >= entries.length) {
      throw new FormatError(`${where}: model.vocab`, `token ${shown(name)} has id ${shown(id)}; ids must be 0 to ${entries.length - 1}`);
    }
    if (names[id] !== undefined) throw new FormatError(`${where}: model.vocab`, `tokens ${shown(names[id])} and ${shown(name)} share id ${id}`);
    names[id] = name;
  }
  if (names[PADDING_TOKEN] !== PADDING_NAME || names[STOP_TOKEN] !== STOP_NAME) {
    throw new FormatError(`${where}: model.vocab`, `id ${PADDING_TOKEN} must be ${PADDING_NAME} and id ${STOP_TOKEN} ${STOP_NAME}`);
  }
  const alphabet = names.slice(FIRST_CHARACTER_TOKEN);
  refuseBadAlphabet(alphabet, `${where}: model.vocab`);
  return alphabet;
}

function refuseBadAlphabet(alphabet: readonly string[], where: string): void {
  const long = alphabet.find((one) => [...one].length !== 1);
  if (long !== undefined) throw new FormatError(where, `token ${shown(long)} is not one character`);
  if (new Set(alphabet).size !== alphabet.length) throw new FormatError(where, 'names a character twice');
}
