// Small tokenizer.json files for tests, of the three kinds in use.

/** The character that stands for each byte in a byte-level vocabulary (GPT-2's table: printable ones stand for themselves). */
function byteCharacters(): string[] {
  const printable = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

/** Every byte is a token, and so is every merge, such as 'Ġ t' (a space and a t). */
export function byteLevelTokenizer(merges: readonly string[], addedTokens: readonly object[] = []): object {
  const names = [...byteCharacters(), ...merges.map((pair) => pair.replace(' ', ''))];
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  return {
    version: '1.0', truncation: null, padding: null, added_tokens: addedTokens, normalizer: null, pre_tokenizer: byteLevel, post_processor: null, decoder: byteLevel,
    model: { type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: '', end_of_word_suffix: '', fuse_unk: false, byte_fallback: false, vocab: Object.fromEntries(names.map((name, id) => [name, id])), merges },
  };
}

/** BERT's kind: small letters, no accents; '##' marks what goes on within a word. */
export function lowerCaseTokenizer(tokens: readonly string[]): object {
  return {
    version: '1.0', truncation: null, padding: null, added_tokens: [], post_processor: null, pre_tokenizer: { type: 'BertPreTokenizer' },
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true }, decoder: { type: 'WordPiece', prefix: '##', cleanup: false },
    model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: Object.fromEntries(['[UNK]', ...tokens].map((name, id) => [name, id])) },
  };
}

/** SentencePiece's kind: '▁' stands for a space, and one is put before the text. */
export function pieceTokenizer(pieces: readonly string[]): object {
  const metaspace = { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always', split: true };
  return {
    version: '1.0', truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: metaspace, post_processor: null, decoder: metaspace,
    model: { type: 'Unigram', unk_id: 0, byte_fallback: false, vocab: [['<unk>', 0], ...pieces.map((piece) => [piece, -1 - piece.length / 100])] },
  };
}
