// A worker's end played by hand, and records just large enough for the stores.

import type { RunConfiguration } from '../lab/configuration';
import type { RunHeader, RunNames, RunRecord, UpdateRecord } from '../lab/record';
import type { Catalogue, CommandBody, EventBody, TrainingClient, TrainingEvent } from '../workers/protocol';
import { PROTOCOL_VERSION } from '../workers/protocol';

export const CONFIGURATION: RunConfiguration = {
  preset: 'tiny', task: 'chain', taskOptions: {}, policy: 'chain', method: 'grpo', methodParameters: {}, seed: 1, problemsPerUpdate: 2, answersPerProblem: 2, microbatchAnswers: 0,
  sampling: { temperature: 1, topK: 0, topP: 1, minP: 0 },
  loss: { clipLow: 0.2, clipHigh: 0.2, dualClip: 0, aggregation: 'token-mean', klKind: 'none', klWeight: 0, entropyBonus: 0, epochs: 1, minibatches: 1 },
  optimizer: { learningRate: 1e-3, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, maximumGradientNorm: 1, schedule: 'constant', warmupUpdates: 0, scheduleUpdates: 60 },
  critic: { critiques: 4, falsePositive: 0, falseNegative: 0, missing: 0 }, testEvery: 10, testProblems: 4,
};

export const CATALOGUE: Catalogue = {
  opening: CONFIGURATION,
  presets: [
    { name: 'tiny', title: 'Tiny', summary: 'Small.', configuration: CONFIGURATION, unserved: [] },
    { name: 'other', title: 'Other', summary: 'Another.', configuration: { ...CONFIGURATION, preset: 'other', seed: 9 }, unserved: [{ name: 'capo', reason: 'Method capo needs a judge.' }] },
  ],
  tasks: [{ name: 'chain', title: 'Chain', summary: 'Sums.', options: [{ name: 'modulus', label: 'Modulus', default: 10, minimum: 0, maximum: 100, isInteger: true }] }],
  methods: [
    { name: 'grpo', title: 'GRPO', explanation: 'Groups.', paper: { title: 'Paper', url: 'https://example.org/' }, parameters: [{ name: 'std', label: 'Spread', default: 'group', choices: ['group', 'none'] }] },
    { name: 'capo', title: 'CAPO', explanation: 'Critics.', paper: { title: 'Paper', url: 'https://example.org/' }, parameters: [{ name: 'W', label: 'Weight', default: 2, minimum: 0, maximum: 100 }] },
  ],
  awkwardAnswers: 'Empty answers get nothing.',
  settings: [{ name: 'seed', label: 'Seed', default: 1, minimum: 0, maximum: 100, isInteger: true }],
  liveSettings: ['optimizer.learningRate', 'sampling.temperature', 'loss.klWeight'],
};

export const HEADER: RunHeader = { format: 'creditscope-run/2', configuration: CONFIGURATION, executor: 'cpu', adapter: '', kernelChoice: {} };
export const NAMES: RunNames = { alphabet: ['<pad>', '<stop>', 'a'], taskTitle: 'Chain', methodTitle: 'GRPO', methodExplanation: '', paper: { title: '', url: 'https://example.org/' } };

/** Two problems with two answers each; the second problem is half right. */
export function updateRecord(update: number): UpdateRecord {
  const row = new Float32Array(4);
  const top = { count: 0, ids: new Uint32Array(), probabilities: row };
  return {
    line: { update, reward: 0.75, accuracy: null, entropy: 0.1, kl: 0, clipShare: 0, gradNorm: 1, gradNormByLayer: [0.6, 0.8], noSignalShare: 0.5, samplerGap: 0, explainedVariance: null, seconds: { sample: 0, score: 0, critique: 0, credit: 0, gradient: 0, update: 0, test: 0 } },
    sample: {
      problems_P: [{ prompt: '1', answer: '1' }, { prompt: '2', answer: '2' }], answers: 4, width: 1, problem_N: Uint32Array.of(0, 0, 1, 1),
      tokens_NT: new Uint32Array(4), lengths_N: Uint32Array.of(1, 1, 1, 1), finished_N: Uint8Array.of(1, 1, 1, 1), samplerLogprobs_NT: row,
    },
    score: { outcome_N: Float32Array.of(1, 1, 1, 0), oldLogprobs_NT: row, entropy_NT: row, samplerGap: 0 },
    critique: { steps_NK: [[], [], [], []], critiques_Nk: [[], [], [], []], isCorrect_NK: [[], [], [], []], canReachAnswer_NK: [[], [], [], []] },
    credit: { method: 'grpo', rows: [], advantages_NT: row },
    gradient: { loss: 0, policyLoss: 0, kl: 0, clipShare: 0, gradientNorm: 1, ratio_NT: row, isClipped_NT: new Uint8Array(4), coefficient_NT: row, firstRatioError: 0 },
    after: { watchedAnswers: 4, logprobs_WT: row, topBefore: top, topAfter: top },
  };
}

export function runRecord(updates: number): RunRecord {
  return { header: HEADER, names: NAMES, updates: Array.from({ length: updates }, (_, index) => updateRecord(index)) };
}

export interface PlayedClient extends TrainingClient {
  readonly sent: { readonly run: string; readonly command: CommandBody }[];
  emit(run: string, event: EventBody): void;
  readonly isDisposed: () => boolean;
}

export function playedClient(): PlayedClient {
  const listeners = new Set<(event: TrainingEvent) => void>();
  const sent: { run: string; command: CommandBody }[] = [];
  let isDisposed = false;
  return {
    sent,
    send: (run, command) => { sent.push({ run, command }); },
    subscribe(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    emit: (run, event) => { for (const listener of listeners) listener({ protocol: PROTOCOL_VERSION, run, ...event }); },
    dispose: () => { isDisposed = true; },
    isDisposed: () => isDisposed,
  };
}
