// Named starting points of a run. The first is the default.

import { BUILT_IN } from '../critics/model/modelSettings';
import type { RunConfiguration } from './configuration';
import { HARD_CHAIN, SMALL_BIFURCATION } from './policies';

export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly configuration: RunConfiguration;
}

const DEFAULT: RunConfiguration = {
  preset: 'default',
  task: 'chain',
  taskOptions: {},
  policy: 'chain',
  method: 'grpo',
  methodParameters: {},
  seed: 1,
  problemsPerUpdate: 32,
  answersPerProblem: 8,
  microbatchAnswers: 0,
  sampling: { temperature: 1, topK: 0, topP: 1, minP: 0 },
  // the KL to the start of the run is measured for the curve, and weighs nothing in the loss
  loss: { clipLow: 0.2, clipHigh: 0.2, dualClip: 0, aggregation: 'token-mean', klKind: 'k3', klWeight: 0, entropyBonus: 0, epochs: 1, minibatches: 1 },
  optimizer: {
    learningRate: 1e-3, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, maximumGradientNorm: 1,
    schedule: 'constant', warmupUpdates: 0, scheduleUpdates: 60,
  },
  critic: { judge: 'exact', model: BUILT_IN, critiques: 4, falsePositive: 0, falseNegative: 0, missing: 0 },
  testEvery: 10,
  testProblems: 256,
};

export const PRESETS: readonly Preset[] = [
  {
    name: 'default',
    title: 'Chain, 32 problems x 8 answers',
    summary: 'Three operations modulo 10; 256 answers an update.',
    configuration: DEFAULT,
  },
  {
    name: 'small',
    title: 'Chain, 8 problems x 8 answers',
    summary: 'The same policy with 64 answers an update: quick enough for a processor alone.',
    configuration: { ...DEFAULT, preset: 'small', problemsPerUpdate: 8, testProblems: 64, optimizer: { ...DEFAULT.optimizer, learningRate: 3e-4 } },
  },
  {
    name: 'chain-hard',
    title: 'Whole numbers, 32 problems x 8 answers',
    summary: 'Three operations on whole numbers, by a policy taught for a short time: it errs because it does not know better.',
    configuration: { ...DEFAULT, preset: 'chain-hard', taskOptions: HARD_CHAIN, policy: 'chain-hard' },
  },
  {
    name: 'bifurcation-small',
    title: 'Bifurcation of 8 tokens, 16 problems x 8 answers',
    summary: 'Short enough that every way an answer can go is counted: the exact credit of every token is known.',
    configuration: {
      ...DEFAULT, preset: 'bifurcation-small', task: 'bifurcation', taskOptions: SMALL_BIFURCATION, policy: 'bifurcation-small', method: 'capo', problemsPerUpdate: 16, testProblems: 128,
      optimizer: { ...DEFAULT.optimizer, learningRate: 3e-4 },
    },
  },
  {
    name: 'bifurcation',
    title: 'Bifurcation of 16 tokens, 16 problems x 8 answers',
    summary: 'A few branch tokens decide the outcome; the rest is routine, free choice or luck.',
    configuration: { ...DEFAULT, preset: 'bifurcation', task: 'bifurcation', policy: 'bifurcation', method: 'capo', problemsPerUpdate: 16, testProblems: 128, optimizer: { ...DEFAULT.optimizer, learningRate: 3e-4 } },
  },
  ...[
    { task: 'columns', title: 'Written sums', summary: 'Addition and subtraction of two digits with carries, one column a line.' },
    { task: 'countdown', title: 'Countdown', summary: 'Reach a target from three numbers: many right ways, and forks that lead nowhere.' },
    { task: 'sort', title: 'Selection sort', summary: 'Four digits, one swap a line; a wrong swap can be made good, a lost digit cannot.' },
  ].map(({ task, title, summary }): Preset => ({
    name: task, title: `${title}, 16 problems x 8 answers`, summary,
    configuration: { ...DEFAULT, preset: task, task, policy: task, problemsPerUpdate: 16, testProblems: 128 },
  })),
];

export function findPreset(name: string): Preset {
  const found = PRESETS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`unknown preset ${JSON.stringify(name)}; known presets: ${PRESETS.map((one) => one.name).join(', ')}`);
  return found;
}
