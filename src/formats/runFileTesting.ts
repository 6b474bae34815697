// For tests: a made-up run with the shape and the statistics of a recorded one (a policy that grows certain).

import type { CreditRow, RunRecord, UpdateRecord } from '../lab/record';
import { RandomStream } from '../random/threefry';

const VOCABULARY = 18;
const STEPS = 4;
const TOP = 5;

export function madeUpRun(updates: number, problems: number, answersPerProblem = 8, width = 30): RunRecord {
  return {
    header: {
      format: 'creditscope-run/2',
      configuration: {
        preset: 'small', task: 'chain', taskOptions: { modulus: 10, operators: '+-*' }, policy: 'chain-small', method: 'capo', methodParameters: { W: 2, rule: 'union' }, seed: 1,
        problemsPerUpdate: 32, answersPerProblem, microbatchAnswers: 0, sampling: { temperature: 1, topK: 0, topP: 1, minP: 0 },
        loss: { clipLow: 0.2, clipHigh: 0.28, dualClip: 0, aggregation: 'token-mean', klKind: 'none', klWeight: 0, entropyBonus: 0, epochs: 1, minibatches: 1 },
        optimizer: { learningRate: 3e-4, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, maximumGradientNorm: 1, schedule: 'constant', warmupUpdates: 0, scheduleUpdates: 0 },
        critic: { critiques: 3, falsePositive: 0.1, falseNegative: 0.1, missing: 0.05 }, testEvery: 10, testProblems: 256,
      },
      executor: 'webgpu', adapter: 'SwiftShader', kernelChoice: { 'linalg/matmul_nt': 'vec4' },
    },
    names: {
      alphabet: Array.from({ length: VOCABULARY }, (_, i) => (i < 2 ? ['<pad>', '<stop>'][i]! : String.fromCharCode(95 + i))),
      taskTitle: 'Chain', methodTitle: 'CAPO', methodExplanation: 'Flags wrong steps.', paper: { title: 'CAPO', url: 'https://arxiv.org/abs/2508.02298' },
    },
    updates: Array.from({ length: updates }, (_, update) => madeUpUpdate(update, problems, answersPerProblem, width)),
  };
}

function madeUpUpdate(update: number, problems: number, answersPerProblem: number, width: number): UpdateRecord {
  const random = RandomStream.of(7, 'problems', update);
  const N = problems * answersPerProblem;
  const lengths = Uint32Array.from({ length: N }, () => width - 8 - random.below(8));
  const cells = Array.from({ length: N * width }, (_, i) => ({ n: Math.floor(i / width), isReal: i % width < lengths[Math.floor(i / width)]! }));
  const perToken = (draw: (n: number) => number) => Float32Array.from(cells, ({ n, isReal }) => (isReal ? draw(n) : 0));
  /** a few uncertain tokens, the others nearly certain, as in a policy that copies most of its text */
  const uncertainty = () => (random.uniform() < 0.2 ? random.uniform() * 1.5 : random.uniform() ** 6 * 0.01);
  const oldLogprobs = perToken(() => -uncertainty());
  const advantage = Float32Array.from({ length: N }, () => (random.below(2) === 0 ? 1 : -1) * (0.5 + random.uniform()));
  // an update moves the log-probability of uncertain tokens; certain ones have no gradient
  const ratio = oldLogprobs.map((value) => 1 + value * random.normal() * 0.05);
  const row = (id: string, shape: CreditRow['shape'], values: Float32Array, inputs: Record<string, string> = {}): CreditRow =>
    ({ id, label: `row ${id}`, shape, formula: '({R} − {mean}) / ({std} + {epsilon})', inputs, parameters: { epsilon: 1e-6, rule: 'union' }, values });
  const steps = Array.from({ length: N }, (_, n) => Array.from({ length: STEPS }, (__, k) => [k * 5, k === STEPS - 1 ? lengths[n]! : k * 5 + 5] as const));
  const verdicts = steps.map((one) => one.map(() => random.uniform() < 0.8));
  const ids = Uint32Array.from(cells.flatMap(({ isReal }) => Array.from({ length: TOP }, () => (isReal ? random.below(VOCABULARY) : 0))));
  const top = (logprobs: Float32Array) => {
    const probabilities = cells.flatMap(({ isReal }, i) => {
      const first = isReal ? Math.exp(logprobs[i]!) : 0;
      return Array.from({ length: TOP }, (_, k) => (k === 0 ? first : isReal ? (1 - first) * 0.6 ** k * (0.5 + random.uniform() / 2) : 0));
    });
    return { count: TOP, ids, probabilities: Float32Array.from(probabilities) };
  };
  return {
    line: {
      update, reward: random.uniform(), accuracy: update % 10 === 0 ? random.uniform() : null, entropy: random.uniform(), kl: 0.001, clipShare: 0.02, gradNorm: random.uniform(),
      gradNormByLayer: [0.3, 0.35, 0.2], noSignalShare: 0.25, samplerGap: 1e-6, explainedVariance: null, seconds: { sample: random.uniform(), score: 1, critique: 0, credit: 0.1, gradient: 2, update: 0.1, test: 0 },
    },
    sample: {
      problems_P: Array.from({ length: problems }, () => ({ prompt: `${random.below(10)}+${random.below(10)}=\n`, answer: '7' })), answers: N, width,
      problem_N: Uint32Array.from({ length: N }, (_, n) => Math.floor(n / answersPerProblem)), tokens_NT: Uint32Array.from(cells, ({ isReal }) => (isReal ? 2 + random.below(VOCABULARY - 2) : 0)),
      lengths_N: lengths, finished_N: new Uint8Array(N).fill(1), samplerLogprobs_NT: oldLogprobs.map((value) => value + 1e-7 * random.normal()),
    },
    score: { outcome_N: Float32Array.from(advantage, (value) => (value > 0 ? 1 : 0)), oldLogprobs_NT: oldLogprobs, entropy_NT: perToken(uncertainty), samplerGap: 1e-6 },
    critique: { steps_NK: steps, critiques_Nk: steps.map(() => [[0], null, []]), isCorrect_NK: verdicts, canReachAnswer_NK: verdicts },
    credit: {
      method: 'capo',
      rows: [
        row('R', 'answer', advantage.map((value) => (value > 0 ? 1 : 0))), row('flags', 'step', new Float32Array(N * STEPS).fill(1)),
        row('mean', 'problem', new Float32Array(problems).fill(0.5), { R: 'R' }), row('r', 'token', perToken((n) => (advantage[n]! > 0 ? 2 : -1))), row('A', 'token', perToken((n) => advantage[n]!)),
      ],
      advantages_NT: perToken((n) => advantage[n]!),
    },
    gradient: {
      loss: 0.01, policyLoss: 0.01, kl: 0, clipShare: 0.02, gradientNorm: 0.5, ratio_NT: ratio, isClipped_NT: Uint8Array.from(ratio, (value) => (value > 1.05 ? 1 : 0)),
      coefficient_NT: ratio.map((value, i) => (-advantage[cells[i]!.n]! * value) / 5000), firstRatioError: 1e-7,
    },
    after: { watchedAnswers: N, logprobs_WT: oldLogprobs.map((value, i) => value * ratio[i]!), topBefore: top(oldLogprobs), topAfter: top(oldLogprobs.map((value, i) => value * ratio[i]!)) },
  };
}
