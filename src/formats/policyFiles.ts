// A policy as a Hugging Face folder: config.json with model.safetensors, or with shards and their index.
// The tensors must be exactly those the configuration implies: every missing or surplus name is told.

import type { ModelConfig } from '../model/config';
import { parameterShapes } from '../model/parameterLayout';
import { FormatError, parseJson } from './formatError';
import { readHuggingFaceConfig } from './huggingFaceConfig';
import type { Tensor } from './safetensors';
import { INDEX_FILE, openSharded, openSingle, SINGLE_FILE, type FileReader, type TensorSource } from './safetensorsIndex';

export interface Policy {
  readonly config: ModelConfig;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

const HEAD = 'lm_head.weight';
const EMBEDDING = 'model.embed_tokens.weight';
/** stored by old checkpoints; computed here */
const isDerived = (name: string): boolean => name.endsWith('.rotary_emb.inv_freq');

/** `files` rejects for a file that is not there. */
export async function loadPolicy(files: FileReader): Promise<Policy> {
  const config = readHuggingFaceConfig(parseJson(await present(files, 'config.json'), 'config.json'));
  return { config, tensors: selectTensors(config, await openTensors(files)) };
}

async function openTensors(files: FileReader): Promise<TensorSource> {
  const single = await orUndefined(files, SINGLE_FILE);
  if (single !== undefined) return openSingle(single);
  const index = await orUndefined(files, INDEX_FILE);
  if (index === undefined) throw new FormatError('policy', `has neither ${SINGLE_FILE} nor ${INDEX_FILE}`);
  return openSharded(index, files);
}

function selectTensors(config: ModelConfig, source: TensorSource): ReadonlyMap<string, Tensor> {
  const shapes = parameterShapes(config);
  const stored = new Set(source.names);
  const missing = [...shapes.keys()].filter((name) => !stored.has(name));
  if (missing.length > 0) throw new FormatError('weights', `lack ${listed(missing)}`);
  const surplus = source.names.filter((name) => !shapes.has(name) && !isDerived(name) && name !== HEAD);
  if (surplus.length > 0) throw new FormatError('weights', `hold ${listed(surplus)}, which the configuration does not have`);
  const tensors = new Map<string, Tensor>();
  for (const [name, shape] of shapes) {
    const tensor = source.tensor(name);
    if (!sameShape(tensor.shape, shape)) {
      throw new FormatError('weights', `tensor ${name} has shape [${tensor.shape.join(', ')}]; the configuration needs [${shape.join(', ')}]`);
    }
    tensors.set(name, tensor);
  }
  if (config.isTied && stored.has(HEAD)) refuseOtherHead(source.tensor(HEAD), tensors.get(EMBEDDING)!);
  return tensors;
}

/** A tied checkpoint may store its head, as long as it is the embedding. */
function refuseOtherHead(head: Tensor, embedding: Tensor): void {
  if (!sameShape(head.shape, embedding.shape) || head.data.some((value, i) => !Object.is(value, embedding.data[i]))) {
    throw new FormatError('weights', `tensor ${HEAD} differs from ${EMBEDDING}, but the configuration ties them`);
  }
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((one, i) => one === b[i]);

function listed(names: readonly string[]): string {
  const first = names.slice(0, 5).map((name) => (name.length > 120 ? `${name.slice(0, 117)}...` : name)).join(', ');
  return names.length > 5 ? `${first} and ${names.length - 5} more tensors` : `tensor${names.length > 1 ? 's' : ''} ${first}`;
}

async function orUndefined(files: FileReader, name: string): Promise<Uint8Array | undefined> {
  return files(name).catch(() => undefined);
}

/** The file; one that cannot be read is a FormatError. */
export async function present(files: FileReader, name: string): Promise<Uint8Array> {
  try {
    return await files(name);
  } catch (error) {
    throw new FormatError(name, `cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}
