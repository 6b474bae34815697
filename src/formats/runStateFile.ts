// A run between two updates as one safetensors file (`train --save`, `--resume`): tensors 'weights/NAME',
// 'first_moment/NAME', 'second_moment/NAME' and, where the run has a KL term, 'reference/NAME', exactly; in __metadata__
// the rest as JSON ('state') and a CRC-32 over all of it ('checksum'). Numbers are kept exactly.
// Not checked here: the configuration's bounds (src/lab/readConfiguration.ts).

import type { PolicyState, Tensors } from '../lab/policyModel';
import type { RunHeader } from '../lab/record';
import type { RunState } from '../lab/runState';
import type { ModelConfig } from '../model/config';
import { parameterShapes } from '../model/parameterLayout';
import { FIRST_CHARACTER_TOKEN, PADDING_TOKEN, STOP_TOKEN } from '../tasks/task';
import { count, dictionary, list, number, oneOf, record, text, type Codec } from './codec';
import { crc32 } from './crc32';
import { FormatError, shown } from './formatError';
import { readHuggingFaceConfig, writeHuggingFaceConfig } from './huggingFaceConfig';
import { headerCodec } from './runFile';
import { lineCodec } from './runFileUpdate';
import { SafetensorsFile, writeSafetensors, type Tensor } from './safetensors';

const STATE_FORMAT = 'creditscope-state/1';

interface StoredState {
  readonly format: typeof STATE_FORMAT;
  readonly header: RunHeader;
  /** a Hugging Face config.json, as text */
  readonly model: string;
  readonly characters: readonly string[];
  readonly lines: RunState['lines'];
  readonly kernelChoice: RunState['kernelChoice'];
  readonly steps: number;
}

const stateCodec: Codec<StoredState> = record<StoredState>({
  format: oneOf(STATE_FORMAT),
  header: headerCodec,
  model: text,
  characters: list(text),
  lines: list(lineCodec(number)),
  kernelChoice: dictionary(text),
  steps: count,
});

type Part = Exclude<keyof PolicyState, 'steps'>;
const PREFIX = { weights: 'weights/', firstMoment: 'first_moment/', secondMoment: 'second_moment/', reference: 'reference/' } as const satisfies Record<Part, string>;
const PARTS = Object.keys(PREFIX) as Part[];

export function writeRunState({ header, model, characters, lines, kernelChoice, policy }: RunState): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, Tensor>();
  for (const part of PARTS) for (const [name, tensor] of policy[part] ?? []) tensors.set(`${PREFIX[part]}${name}`, tensor);
  const state = JSON.stringify(stateCodec.write({
    format: STATE_FORMAT, header, model: writeHuggingFaceConfig(model, { padding: PADDING_TOKEN, stop: STOP_TOKEN }), characters, lines, kernelChoice, steps: policy.steps,
  }));
  return writeSafetensors(tensors, { state, checksum: checksum(state, tensors) });
}

/** Throws a FormatError that names the file, the field or tensor, and what is wrong with it. */
export function readRunState(bytes: Uint8Array, fileName = 'state'): RunState {
  const file = new SafetensorsFile(bytes, fileName);
  const stored = file.metadata['state'];
  if (stored === undefined) throw new FormatError(fileName, 'is a safetensors file, but not the state of a run (no "state" in its __metadata__)');
  const { header, model: modelText, characters, lines, kernelChoice, steps } = stateCodec.read(parsed(stored, `${fileName}: state`), `${fileName}: state`);
  const model = readHuggingFaceConfig(parsed(modelText, `${fileName}: state.model`), `${fileName}: state.model`);
  const tensors = readTensors(file, model, fileName);
  const [expected, found] = [file.metadata['checksum'], checksum(stored, tensors)];
  if (expected !== found) throw new FormatError(fileName, `is damaged: its contents have checksum ${found}, it was written with ${shown(expected)}`);
  const state = { header, model, characters, lines, kernelChoice, policy: { ...partsOf(tensors), steps } };
  checkTogether(state, fileName);
  return state;
}

function readTensors(file: SafetensorsFile, model: ModelConfig, where: string): ReadonlyMap<string, Tensor> {
  const shapes = parameterShapes(model);
  const hasReference = [...file.entries.keys()].some((name) => name.startsWith(PREFIX.reference));
  const wanted = new Map<string, readonly number[]>(PARTS.filter((part) => part !== 'reference' || hasReference)
    .flatMap((part) => [...shapes].map(([name, shape]) => [`${PREFIX[part]}${name}`, shape] as const)));
  const surplus = [...file.entries.keys()].find((name) => !wanted.has(name));
  if (surplus !== undefined) throw new FormatError(where, `holds tensor ${shown(surplus)}, which its model does not have`);
  const tensors = new Map<string, Tensor>();
  for (const [name, shape] of wanted) {
    const entry = file.entries.get(name);
    if (entry === undefined) throw new FormatError(where, `lacks tensor ${shown(name)}`);
    if (entry.dtype !== 'F32') throw new FormatError(where, `tensor ${shown(name)} is ${entry.dtype}; a state is kept in F32`);
    if (entry.shape.join() !== shape.join()) throw new FormatError(where, `tensor ${shown(name)} has shape [${entry.shape.join(', ')}]; its model needs [${shape.join(', ')}]`);
    tensors.set(name, file.tensor(name));
  }
  return tensors;
}

function partsOf(tensors: ReadonlyMap<string, Tensor>): Omit<PolicyState, 'steps'> {
  const part = (prefix: string): Tensors => new Map([...tensors].filter(([name]) => name.startsWith(prefix)).map(([name, tensor]) => [name.slice(prefix.length), tensor]));
  const reference = part(PREFIX.reference);
  return {
    weights: part(PREFIX.weights), firstMoment: part(PREFIX.firstMoment), secondMoment: part(PREFIX.secondMoment),
    ...(reference.size > 0 && { reference }),
  };
}

function checkTogether({ header, model, characters, lines, policy }: RunState, where: string): void {
  const { epochs, minibatches } = header.configuration.loss;
  const wrongLine = lines.findIndex(({ update }, i) => update !== i + 1);
  if (wrongLine !== -1) throw new FormatError(`${where}: state.lines[${wrongLine}].update`, `is ${lines[wrongLine]!.update}; the lines are those of updates 1, 2, ...`);
  if (policy.steps !== lines.length * epochs * minibatches) {
    throw new FormatError(`${where}: state.steps`, `is ${policy.steps}; ${lines.length} updates of ${epochs * minibatches} steps make ${lines.length * epochs * minibatches}`);
  }
  if (characters.length + FIRST_CHARACTER_TOKEN !== model.vocabularySize) {
    throw new FormatError(`${where}: state.characters`, `has ${characters.length} entries; a vocabulary of ${model.vocabularySize} has ${model.vocabularySize - FIRST_CHARACTER_TOKEN}`);
  }
  const late = header.earlier?.find(({ until }) => until > lines.length);
  if (late !== undefined) throw new FormatError(`${where}: state.header.earlier`, `reaches to update ${late.until} of ${lines.length}`);
  for (const part of PARTS) for (const [name, { data }] of policy[part] ?? []) {
    const at = data.findIndex((value) => !Number.isFinite(value) || (part === 'secondMoment' && value < 0));
    if (at !== -1) throw new FormatError(where, `tensor ${shown(PREFIX[part] + name)} holds ${data[at]} at ${at}`);
  }
}

function checksum(state: string, tensors: ReadonlyMap<string, Tensor>): string {
  const encoder = new TextEncoder();
  let sum = crc32(encoder.encode(state));
  for (const name of [...tensors.keys()].sort()) {
    const { data } = tensors.get(name)!;
    sum = crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), crc32(encoder.encode(name), sum));
  }
  return sum.toString(16).padStart(8, '0');
}

function parsed(json: string, where: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new FormatError(where, `is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}
