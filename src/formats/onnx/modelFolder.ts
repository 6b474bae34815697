// A policy's Hugging Face folder (config.json, model.safetensors, tokenizer files) -> the folder that transformers.js opens for text
// generation: the same config and tokenizer, generation_config.json, and onnx/model.onnx in place of the weights.

import { asObject, FormatError, parseJson, shown } from '../formatError';
import { loadPolicy, present } from '../policyFiles';
import type { FileReader } from '../safetensorsIndex';
import { decoderOnnx } from './decoderGraph';

const TOKENIZER_FILES = ['tokenizer.json', 'tokenizer_config.json'] as const;
export const MODEL_FILE = 'onnx/model.onnx';

/** File name (with a slash for the folder within) -> its bytes. `files` rejects for a file that is not there. */
export async function transformersFolder(files: FileReader): Promise<ReadonlyMap<string, Uint8Array>> {
  const { config, tensors } = await loadPolicy(files);
  const fields = asObject(parseJson(await present(files, 'config.json'), 'config.json'), 'config.json');
  const folder = new Map<string, Uint8Array>();
  // on the processor transformers.js would ask for quantised weights otherwise
  folder.set('config.json', json({ ...fields, 'transformers.js_config': { dtype: 'fp32' } }));
  folder.set('generation_config.json', json({
    _from_model_config: true,
    ...Object.fromEntries(['bos_token_id', 'eos_token_id', 'pad_token_id'].flatMap((name) => tokenIds(fields, name))),
  }));
  for (const name of TOKENIZER_FILES) {
    const bytes = await present(files, name);
    parseJson(bytes, name);
    folder.set(name, bytes);
  }
  folder.set(MODEL_FILE, decoderOnnx(config, tensors));
  return folder;
}

/** One id, or several that each end an answer; nothing where the configuration has none. */
function tokenIds(fields: Readonly<Record<string, unknown>>, name: string): [string, unknown][] {
  const value = fields[name] ?? undefined;
  if (value === undefined) return [];
  const isId = (one: unknown): boolean => typeof one === 'number' && Number.isSafeInteger(one) && one >= 0;
  if (!isId(value) && !(Array.isArray(value) && value.every(isId))) throw new FormatError(`config.json: ${name}`, `${shown(value)} is no token id`);
  return [[name, value]];
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
