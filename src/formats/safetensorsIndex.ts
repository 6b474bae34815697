// Sharded checkpoints: model.safetensors.index.json holds {weight_map: {tensor: shard file}}. Shards may hold
// different number types. Each tensor must be in exactly the shard the map names.

import { asObject, FormatError, parseJson, shown } from './formatError';
import { SafetensorsFile, type Tensor } from './safetensors';

export type FileReader = (name: string) => Promise<Uint8Array>;

export const SINGLE_FILE = 'model.safetensors';
export const INDEX_FILE = 'model.safetensors.index.json';
const MOST_SHARDS = 4096;

export interface TensorSource {
  readonly names: readonly string[];
  tensor(name: string): Tensor;
}

export function openSingle(bytes: Uint8Array, fileName = SINGLE_FILE): TensorSource {
  const file = new SafetensorsFile(bytes, fileName);
  return { names: [...file.entries.keys()], tensor: (name) => file.tensor(name) };
}

/** Tensor name -> shard file name. A shard name is a plain file name: it must not lead out of the folder. */
function readIndex(bytes: Uint8Array, where = INDEX_FILE): ReadonlyMap<string, string> {
  const map = asObject(asObject(parseJson(bytes, where), where)['weight_map'], `${where}: weight_map`);
  const shards = new Map<string, string>();
  for (const [tensor, shard] of Object.entries(map)) {
    if (typeof shard !== 'string' || !/^[A-Za-z0-9_][A-Za-z0-9_.-]*\.safetensors$/.test(shard)) {
      throw new FormatError(`${where}: weight_map`, `tensor ${shown(tensor)} names shard ${shown(shard)}; a plain name ending in .safetensors is needed`);
    }
    shards.set(tensor, shard);
  }
  if (shards.size === 0) throw new FormatError(`${where}: weight_map`, 'is empty');
  if (new Set(shards.values()).size > MOST_SHARDS) throw new FormatError(`${where}: weight_map`, `names more than ${MOST_SHARDS} shards`);
  return shards;
}

export async function openSharded(indexBytes: Uint8Array, files: FileReader): Promise<TensorSource> {
  const shardOf = readIndex(indexBytes);
  const opened = new Map<string, SafetensorsFile>();
  for (const shard of new Set(shardOf.values())) opened.set(shard, new SafetensorsFile(await readShard(files, shard), shard));
  for (const [shard, file] of opened) {
    for (const name of file.entries.keys()) {
      const mapped = shardOf.get(name);
      if (mapped !== shard) throw new FormatError(shard, `holds tensor ${shown(name)}, which the index ${mapped === undefined ? 'does not name' : `places in ${mapped}`}`);
    }
  }
  for (const [name, shard] of shardOf) {
    if (!opened.get(shard)!.entries.has(name)) throw new FormatError(shard, `lacks tensor ${shown(name)}, which the index places there`);
  }
  return { names: [...shardOf.keys()], tensor: (name) => opened.get(shardOf.get(name) ?? '')!.tensor(name) };
}

async function readShard(files: FileReader, shard: string): Promise<Uint8Array> {
  try {
    return await files(shard);
  } catch (error) {
    throw new FormatError(INDEX_FILE, `names shard ${shard}, which cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}
