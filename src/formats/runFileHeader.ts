// The fields of a run's header and names, in run files and saved states.

import type { RunConfiguration } from '../lab/configuration';
import type { Intervention, LiveSettings } from '../lab/interventions';
import type { RunHeader, RunNames, RunStretch } from '../lab/record';
import type { Edit } from '../lab/whatIf/edits';
import { byKind, count, dictionary, flag, list, number, numberOrText, oneOf, optional, record, text, type Codec } from './codec';

const RUN_FORMAT = 'creditscope-run/2';

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

const outcomeEdit = record<Extract<Edit, { kind: 'outcome' }>>({ kind: oneOf('outcome'), answer: count, value: number });
const flagEdit = record<Extract<Edit, { kind: 'flag' }>>({ kind: oneOf('flag'), answer: count, critique: count, step: count, isFlagged: flag });
const numberEdit = record<Extract<Edit, { kind: 'number' }>>({ kind: oneOf('number'), row: text, answer: count, token: count, value: number });
export const editsCodec: Codec<readonly Edit[]> = list(byKind<Edit>({ outcome: outcomeEdit, flag: flagEdit, number: numberEdit }));

const interventionCodec: Codec<Intervention> = byKind<Intervention>({
  settings: record<Extract<Intervention, { kind: 'settings' }>>({
    kind: oneOf('settings'), update: count,
    settings: record<LiveSettings>({ 'optimizer.learningRate': optional(number), 'sampling.temperature': optional(number), 'loss.klWeight': optional(number) }),
  }),
  edits: record<Extract<Intervention, { kind: 'edits' }>>({ kind: oneOf('edits'), update: count, edits: editsCodec }),
});

export const headerCodec: Codec<RunHeader> = record<RunHeader>({
  format: oneOf(RUN_FORMAT),
  configuration: configurationCodec,
  executor: oneOf('webgpu', 'cpu'),
  adapter: text,
  kernelChoice: dictionary(text),
  startAccuracy: optional(number),
  earlier: optional(list(record<RunStretch>({ until: count, executor: oneOf('webgpu', 'cpu'), adapter: text, kernelChoice: dictionary(text) }))),
  interventions: optional(list(interventionCodec)),
});

export const namesCodec: Codec<RunNames> = record<RunNames>({
  alphabet: list(text),
  taskTitle: text,
  methodTitle: text,
  methodExplanation: text,
  paper: record<RunNames['paper']>({ title: text, url: text }),
});
