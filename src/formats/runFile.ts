// Run files (public/runs, export): the whole RunRecord as JSON text, format 'creditscope-run/1'. Floats in arrays keep
// four significant digits, so a record read from a file shows the same numbers but is no checkpoint.

import type { RunConfiguration } from '../lab/configuration';
import type { RunHeader, RunNames, RunRecord, RunStretch } from '../lab/record';
import { count, dictionary, list, number, numberOrText, oneOf, optional, record, text, type Codec } from './codec';
import { FormatError } from './formatError';
import { parsePacked } from './parsePacked';
import { checkUpdate } from './runFileChecks';
import { updateCodec } from './runFileUpdate';

export const RUN_FORMAT = 'creditscope-run/1';

const configurationCodec: Codec<RunConfiguration> = record<RunConfiguration>({
  preset: text,
  task: text,
  taskOptions: dictionary(numberOrText),
  policy: text,
  method: text,
  methodParameters: dictionary(numberOrText),
  seed: number,
  problemsPerUpdate: count,
  answersPerProblem: count,
  microbatchAnswers: count,
  sampling: record<RunConfiguration['sampling']>({ temperature: number, topK: count, topP: number, minP: number }),
  loss: record<RunConfiguration['loss']>({
    clipLow: number,
    clipHigh: number,
    dualClip: number,
    aggregation: oneOf('token-mean', 'seq-mean-token-mean', 'seq-mean-token-sum', 'seq-mean-token-sum-norm', 'dr_grpo'),
    klKind: oneOf('none', 'k1', 'k2', 'k3'),
    klWeight: number,
    entropyBonus: number,
    epochs: count,
    minibatches: count,
  }),
  optimizer: record<RunConfiguration['optimizer']>({
    learningRate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    weightDecay: number,
    maximumGradientNorm: number,
    schedule: oneOf('constant', 'linear', 'cosine'),
    warmupUpdates: count,
    scheduleUpdates: count,
  }),
  critic: record<RunConfiguration['critic']>({ judge: optional(oneOf('exact', 'model', 'endpoint')), model: optional(text), critiques: count, falsePositive: number, falseNegative: number, missing: number }),
  testEvery: count,
  testProblems: count,
});

export const headerCodec: Codec<RunHeader> = record<RunHeader>({
  format: oneOf(RUN_FORMAT),
  configuration: configurationCodec,
  executor: oneOf('webgpu', 'cpu'),
  adapter: text,
  kernelChoice: dictionary(text),
  startAccuracy: optional(number),
  earlier: optional(list(record<RunStretch>({ until: count, executor: oneOf('webgpu', 'cpu'), adapter: text, kernelChoice: dictionary(text) }))),
});

export const namesCodec: Codec<RunNames> = record<RunNames>({
  alphabet: list(text),
  taskTitle: text,
  methodTitle: text,
  methodExplanation: text,
  paper: record<RunNames['paper']>({ title: text, url: text }),
});

const runCodec: Codec<RunRecord> = record<RunRecord>({ header: headerCodec, names: namesCodec, updates: list(updateCodec) });

export function writeRunFile(run: RunRecord): string {
  return `${JSON.stringify(runCodec.write(run))}\n`;
}

/** Throws a FormatError that names the field and what is wrong with it. */
export function readRunFile(json: string): RunRecord {
  const run = runCodec.read(parsePacked(json, 'run'), 'run');
  if (!run.names.paper.url.startsWith('https://')) throw new FormatError('run.names.paper.url', 'must begin with https://');
  run.updates.forEach((update, i) => checkUpdate(update, run.names.alphabet.length, `run.updates[${i}]`));
  return run;
}
