// Tokenizers of transformers.js for answers from a file: opened from files on this machine, from beside the page, or from
// Hugging Face after a person's word. The library is loaded when the first one is chosen.

import { openTransformers } from '../formats/onnx/openTransformers';
import { asObject, FormatError, parseJson } from '../formats/formatError';
import { checkTokenizerJson, MOST_TOKENIZER_BYTES } from '../formats/tokenizerJson';
import { tokenPieces } from '../lab/answers/tokenPieces';
import type { Tokenizer } from '../lab/answers/words';
import { JudgeStopped, MODEL_NAME, type ModelLoading } from '../lab/judging';
import { POLICIES } from '../lab/policies';
import type { ChosenTokenizer } from './answersMessages';
import { sentence } from './sentence';
import { openFileStore } from './models/fileStore';
import { HubModel } from './models/hubFolder';
import { openOnce } from './openOnce';
import { fetchPolicyFile } from './workerBackend';

export type OpenTokenizer = (choice: ChosenTokenizer, onLoading: (loading: ModelLoading) => void) => Promise<Tokenizer>;

type ReadFile = (name: string) => Promise<Blob | undefined>;

const MAIN = 'tokenizer.json';
const CONFIGURATION = 'tokenizer_config.json';
/** Whoever cannot cut this cannot cut anything. */
const PROBE = 'Is 3 x 4 = 12?';
/** A worker that is no longer wanted is ended as a whole. */
const NEVER = new AbortController().signal;

export function tokenizerOpener(): OpenTokenizer {
  const mounted = openOnce(openTransformers);
  return async (choice, onLoading) => {
    const read = await filesOf(choice, onLoading);
    const files = new Map([[MAIN, await checkedMain(read)], [CONFIGURATION, await checkedConfiguration(read)]]);
    const { transformers, mount, unmount } = await mounted();
    const path = mount({ read: async (name) => files.get(name) && new Response(files.get(name)) });
    try {
      const tokenizer = await transformers.AutoTokenizer.from_pretrained(path);
      const cut: Tokenizer = (text) => {
        const { pieces, isChanged } = tokenPieces(text, text === '' ? [] : tokenizer.encode(text, { add_special_tokens: false }), (ids) => tokenizer.decode(ids, { skip_special_tokens: false, clean_up_tokenization_spaces: false }));
        return { tokens: pieces, isChanged };
      };
      cut(PROBE);
      return cut;
    } catch (error) {
      throw new FormatError(MAIN, `cannot be used as a tokenizer (${sentence(error)})`);
    } finally {
      unmount(path);
    }
  };
}

async function filesOf(choice: ChosenTokenizer, onLoading: (loading: ModelLoading) => void): Promise<ReadFile> {
  switch (choice.kind) {
    case 'opened': {
      const named = (name: string): Blob | undefined => choice.files.find(({ path }) => path === name || path.endsWith(`/${name}`))?.file;
      // a single file may have any name
      return async (name) => named(name) ?? (name === MAIN && choice.files.length === 1 ? choice.files[0]!.file : undefined);
    }
    case 'shipped': {
      if (!POLICIES.some(({ name }) => name === choice.name)) throw new JudgeStopped(`No tokenizer ${choice.name} ships with this page.`);
      return async (name) => new Blob([await fetchPolicyFile(choice.name, name) as Uint8Array<ArrayBuffer>]);
    }
    case 'hub': {
      if (!MODEL_NAME.test(choice.model) || !choice.model.includes('/')) throw new JudgeStopped(`“${choice.model}” is no id of a model on Hugging Face, such as Qwen/Qwen2.5-0.5B.`);
      const hub = await HubModel.open(choice.model, choice.allowed, await openFileStore(), NEVER);
      const folder = await hub.fetch([], choice.allowed, { signal: NEVER, onLoading });
      return async (name) => (await folder.read(name))?.blob();
    }
    default: return choice satisfies never;
  }
}

async function checkedMain(read: ReadFile): Promise<Blob> {
  const file = await read(MAIN);
  if (file === undefined) throw new FormatError(MAIN, 'is not there');
  if (file.size > MOST_TOKENIZER_BYTES) throw new FormatError(MAIN, `has ${(file.size / 1e6).toFixed(0)} MB; ${MOST_TOKENIZER_BYTES / 1e6} MB are the most`);
  checkTokenizerJson(new Uint8Array(await file.arrayBuffer()));
  return file;
}

/** Settings beside the tokenizer, which many do without. */
async function checkedConfiguration(read: ReadFile): Promise<Blob> {
  const file = await read(CONFIGURATION);
  if (file === undefined) return new Blob(['{}']);
  if (file.size > MOST_TOKENIZER_BYTES) throw new FormatError(CONFIGURATION, 'is too large');
  asObject(parseJson(new Uint8Array(await file.arrayBuffer()), CONFIGURATION), CONFIGURATION);
  return file;
}
