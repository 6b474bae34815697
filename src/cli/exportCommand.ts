// `npm run lab -- export`: a policy of public/models, or the one of a saved training run, as a folder that transformers.js opens:
// the model as ONNX with a key/value cache, its configuration and its tokenizer.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeHuggingFaceConfig } from '../formats/huggingFaceConfig';
import { MODEL_FILE, transformersFolder } from '../formats/onnx/modelFolder';
import { writeSafetensors } from '../formats/safetensors';
import { SINGLE_FILE, type FileReader } from '../formats/safetensorsIndex';
import { writeTokenizer, writeTokenizerConfig } from '../formats/tokenizerFile';
import { POLICIES } from '../lab/policies';
import { openRunState } from '../lab/runState';
import { PADDING_TOKEN, STOP_TOKEN } from '../tasks/task';
import { choiceOf, helpOf, parseArguments, textOf } from './arguments';
import { callersPath, MODELS, policyFiles } from './places';
import { UsageError } from './usageError';

const OPTIONS = {
  policy: { value: 'NAME', help: `one of those in ${MODELS}` },
  state: { value: 'FILE', help: 'instead of a policy: a run kept by train --save, as far as it has learned' },
  out: { value: 'DIR', help: 'the folder to write' },
};
export const EXPORT_HELP = helpOf('export --policy NAME --out DIR', OPTIONS);

export async function exportCommand(args: readonly string[]): Promise<void> {
  const given = parseArguments(args, OPTIONS);
  const policy = choiceOf(given, 'policy', POLICIES.map(({ name }) => name));
  const state = textOf(given, 'state');
  if ((policy === undefined) === (state === undefined)) throw new UsageError('export needs one of --policy NAME and --state FILE');
  const out = textOf(given, 'out');
  if (out === undefined) throw new UsageError('export needs a folder to write: --out DIR');
  const folder = await transformersFolder(policy !== undefined ? policyFiles(policy) : stateFiles(callersPath(state!)));

  const path = callersPath(out);
  try {
    for (const [name, bytes] of folder) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), bytes);
    }
  } catch (error) {
    throw new UsageError(`--out ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  process.stderr.write(`Wrote ${[...folder.keys()].join(', ')} to ${path} (${MODEL_FILE}: ${(folder.get(MODEL_FILE)!.byteLength / 1024).toFixed(0)} KiB).\n`);
}

/** The files that pretrain would write for the policy of a saved run. */
function stateFiles(path: string): FileReader {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(`--state ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { model, characters, policy } = openRunState(bytes, path);
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const files = new Map<string, Uint8Array>([
    ['config.json', text(writeHuggingFaceConfig(model, { padding: PADDING_TOKEN, stop: STOP_TOKEN }))],
    [SINGLE_FILE, writeSafetensors(policy.weights)],
    ['tokenizer.json', text(writeTokenizer(characters))],
    ['tokenizer_config.json', text(writeTokenizerConfig(model.maximumPositions))],
  ]);
  return async (name) => {
    const file = files.get(name);
    if (file === undefined) throw new Error('no such file');
    return file;
  };
}
