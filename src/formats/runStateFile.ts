// A run between two updates as one safetensors file (`train --save`, `--resume`): tensors 'weights/NAME',
// 'first_moment/NAME', 'second_moment/NAME' and, where the run has a KL term, 'reference/NAME', exactly; of a value model
// 'value/weights/NAME' and its moments; in __metadata__ the rest as JSON ('state') and a CRC-32 over all of it
// ('checksum'). Numbers are kept exactly.
// Older versions are brought up to now by migrations/. Not checked here: the configuration's bounds (src/lab/readConfiguration.ts).

import type { PolicyState, Tensors } from '../lab/policyModel';
import type { RunHeader } from '../lab/record';
import type { RunState } from '../lab/runState';
import type { ModelConfig } from '../model/config';
import { parameterShapes } from '../model/parameterLayout';
import { FIRST_CHARACTER_TOKEN, PADDING_TOKEN, STOP_TOKEN } from '../tasks/task';
import { count, dictionary, list, number, oneOf, optional, record, text, type Codec } from './codec';
import { crc32 } from './crc32';
import { asObject, FormatError, shown } from './formatError';
import { migrationFrom, versionOf } from './migrations/migration';
import { readHuggingFaceConfig, writeHuggingFaceConfig } from './huggingFaceConfig';
import { headerCodec } from './runFileHeader';
import { lineCodec } from './runFileUpdate';
import { SafetensorsFile, writeSafetensors, type Tensor } from './safetensors';

const STATE_FORMAT = 'creditscope-state/2';

interface StoredState {
  readonly format: typeof STATE_FORMAT;
  readonly header: RunHeader;
  /** a Hugging Face config.json, as text */
  readonly model: string;
  readonly characters: readonly string[];
  readonly lines: RunState['lines'];
  readonly kernelChoice: RunState['kernelChoice'];
  readonly steps: number;
  readonly valueSteps?: number;
}

const stateCodec: Codec<StoredState> = record<StoredState>({
  format: oneOf(STATE_FORMAT),
  header: headerCodec,
  model: text,
  characters: list(text),
  lines: list(lineCodec(number)),
  kernelChoice: dictionary(text),
  steps: count,
  valueSteps: optional(count),
});

type Part = Exclude<keyof PolicyState, 'steps'>;
const PREFIX = { weights: 'weights/', firstMoment: 'first_moment/', secondMoment: 'second_moment/', reference: 'reference/' } as const satisfies Record<Part, string>;
const PARTS = Object.keys(PREFIX) as Part[];
const TRAINED = PARTS.filter((part) => part !== 'reference');
const VALUE = 'value/';

export function writeRunState({ header, model, characters, lines, kernelChoice, policy, values }: RunState): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, Tensor>([...namedTensors(policy), ...(values === undefined ? [] : namedTensors(values, VALUE))]);
  const state = JSON.stringify(stateCodec.write({
    format: STATE_FORMAT, header, model: writeHuggingFaceConfig(model, { padding: PADDING_TOKEN, stop: STOP_TOKEN }), characters, lines, kernelChoice, steps: policy.steps,
    ...(values !== undefined && { valueSteps: values.steps }),
  }));
  return writeSafetensors(tensors, { state, checksum: checksum(state, tensors) });
}

function namedTensors(state: PolicyState, before = ''): [string, Tensor][] {
  return PARTS.flatMap((part) => [...(state[part] ?? [])].map(([name, tensor]): [string, Tensor] => [`${before}${PREFIX[part]}${name}`, tensor]));
}

/** Throws a FormatError that names the file, the field or tensor, and what is wrong with it. */
export function readRunState(bytes: Uint8Array, fileName = 'state'): RunState {
  const file = new SafetensorsFile(bytes, fileName);
  const stored = file.metadata['state'];
  if (stored === undefined) throw new FormatError(fileName, 'is a safetensors file, but not the state of a run (no "state" in its __metadata__)');
  const { header, model: modelText, characters, lines, kernelChoice, steps, valueSteps } = stateCodec.read(migrated(parsed(stored, `${fileName}: state`), `${fileName}: state`), `${fileName}: state`);
  const model = readHuggingFaceConfig(parsed(modelText, `${fileName}: state.model`), `${fileName}: state.model`);
  const tensors = readTensors(file, model, valueSteps !== undefined, fileName);
  const [expected, found] = [file.metadata['checksum'], checksum(stored, tensors)];
  if (expected !== found) throw new FormatError(fileName, `is damaged: its contents have checksum ${found}, it was written with ${shown(expected)}`);
  const state = {
    header, model, characters, lines, kernelChoice, policy: { ...partsOf(tensors), steps },
    ...(valueSteps !== undefined && { values: { ...partsOf(tensors, VALUE), steps: valueSteps } }),
  };
  checkTogether(state, fileName);
  return state;
}

function migrated(json: unknown, where: string): unknown {
  return migrationFrom(versionOf(asObject(json, where)['format'], 'creditscope-state', `${where}.format`)).state(json);
}

function readTensors(file: SafetensorsFile, model: ModelConfig, hasValues: boolean, where: string): ReadonlyMap<string, Tensor> {
  const shapes = parameterShapes(model);
  const hasReference = [...file.entries.keys()].some((name) => name.startsWith(PREFIX.reference));
  const valueShapes = hasValues ? parameterShapes({ ...model, hasValueHead: true }) : new Map<string, readonly number[]>();
  const namesOf = (parts: readonly Part[], of: typeof shapes, before = '') => parts.flatMap((part) => [...of].map(([name, shape]) => [`${before}${PREFIX[part]}${name}`, shape] as const));
  const wanted = new Map<string, readonly number[]>([...namesOf(hasReference ? PARTS : TRAINED, shapes), ...namesOf(TRAINED, valueShapes, VALUE)]);
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

function partsOf(tensors: ReadonlyMap<string, Tensor>, before = ''): Omit<PolicyState, 'steps'> {
  const part = (own: string): Tensors => {
    const prefix = `${before}${own}`;
    return new Map([...tensors].filter(([name]) => name.startsWith(prefix)).map(([name, tensor]) => [name.slice(prefix.length), tensor]));
  };
  const reference = part(PREFIX.reference);
  return {
    weights: part(PREFIX.weights), firstMoment: part(PREFIX.firstMoment), secondMoment: part(PREFIX.secondMoment),
    ...(reference.size > 0 && { reference }),
  };
}

function checkTogether({ header, model, characters, lines, policy, values }: RunState, where: string): void {
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
  const isSecondMoment = (name: string): boolean => name.startsWith(PREFIX.secondMoment) || name.startsWith(VALUE + PREFIX.secondMoment);
  for (const [name, { data }] of [...namedTensors(policy), ...(values === undefined ? [] : namedTensors(values, VALUE))]) {
    const at = data.findIndex((value) => !Number.isFinite(value) || (isSecondMoment(name) && value < 0));
    if (at !== -1) throw new FormatError(where, `tensor ${shown(name)} holds ${data[at]} at ${at}`);
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
