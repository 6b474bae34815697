// Starting points of a run, each titled by what it shows. The first is the default. A name is for good: links and run files hold it.

import { BUILT_IN } from '../critics/model/modelSettings';
import type { RunConfiguration } from './configuration';
import { HARD_CHAIN, SMALL_BIFURCATION } from './policies';

export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** another task, offered below those that each teach one thing about credit */
  readonly isFurther?: true;
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
    title: 'One score for all',
    summary: 'Every token of an answer gets the same credit (GRPO). Sums of three operations modulo 10; 32 problems × 8 answers an update.',
    configuration: DEFAULT,
  },
  {
    name: 'small',
    title: 'Watch it learn',
    summary: 'Sums of three operations modulo 10, 8 problems × 8 answers an update: quick on any machine, with any method.',
    configuration: { ...DEFAULT, preset: 'small', problemsPerUpdate: 8, testProblems: 64, optimizer: { ...DEFAULT.optimizer, learningRate: 3e-4 } },
  },
  {
    name: 'blame',
    title: 'Blame the right digit',
    summary: 'A judge reads every line of a sum, and a line that it flags loses credit (CAPO). The rest is as in “One score for all”: 32 problems × 8 answers an update.',
    configuration: { ...DEFAULT, preset: 'blame', method: 'capo' },
  },
  {
    name: 'critic',
    title: 'A critic for every token',
    summary: 'A value model learns to say after every token how well it will end; a token gets credit for the surprise (PPO). 16 problems × 8 answers an update.',
    // at 1e-3, as in the default preset, it learns for twenty updates and falls back
    configuration: { ...DEFAULT, preset: 'critic', method: 'ppo', problemsPerUpdate: 16, optimizer: { ...DEFAULT.optimizer, learningRate: 3e-4 } },
  },
  {
    name: 'chain-hard',
    title: 'When one score fails',
    summary: 'Whole numbers, by a policy taught for a short time: it errs because it does not know better. Credit by the outcome alone (GRPO) makes it worse; CAPO holds it. 32 problems × 8 answers an update.',
    configuration: { ...DEFAULT, preset: 'chain-hard', taskOptions: HARD_CHAIN, policy: 'chain-hard' },
  },
  {
    name: 'bifurcation-small',
    title: 'Credit known exactly',
    summary: 'Answers of 8 tokens, some of which decide: every way to go on is counted, so what each token deserved is known. CAPO; 16 problems × 8 answers an update.',
    configuration: {
      ...DEFAULT, preset: 'bifurcation-small', task: 'bifurcation', taskOptions: SMALL_BIFURCATION, policy: 'bifurcation-small', method: 'capo', problemsPerUpdate: 16, testProblems: 128,
      optimizer: { ...DEFAULT.optimizer, learningRate: 3e-4 },
    },
  },
  {
    name: 'bifurcation',
    title: 'A few tokens decide',
    summary: 'Bifurcation of 16 tokens: a few branch tokens decide the outcome; the rest is routine, free choice or luck. CAPO; 16 problems × 8 answers an update.',
    isFurther: true,
    configuration: { ...DEFAULT, preset: 'bifurcation', task: 'bifurcation', policy: 'bifurcation', method: 'capo', problemsPerUpdate: 16, testProblems: 128, optimizer: { ...DEFAULT.optimizer, learningRate: 3e-4 } },
  },
  ...[
    { task: 'columns', title: 'Written sums', summary: 'Addition and subtraction of two digits with carries, one column a line.' },
    { task: 'countdown', title: 'Countdown', summary: 'Reach a target from three numbers: many right ways, and forks that lead nowhere.' },
    { task: 'sort', title: 'Selection sort', summary: 'Four digits, one swap a line; a wrong swap can be made good, a lost digit cannot.' },
  ].map(({ task, title, summary }): Preset => ({
    name: task, title, summary: `${summary} GRPO; 16 problems × 8 answers an update.`, isFurther: true,
    configuration: { ...DEFAULT, preset: task, task, policy: task, problemsPerUpdate: 16, testProblems: 128 },
  })),
];

/** What public/runs/default.json is a run of, which the page opens with: the setup says the same before that file has come. */
export const RECORDED_RUN = { preset: 'small', method: 'capo', testEvery: 2 } as const;

export function findPreset(name: string): Preset {
  const found = PRESETS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`unknown preset ${JSON.stringify(name)}; known presets: ${PRESETS.map((one) => one.name).join(', ')}`);
  return found;
}
