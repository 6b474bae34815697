// What credit and truth cost beside training: all methods that need no extra model and no extra rollout on 512 answers of 64 tokens,
// against one update of as many answers by a model as large as the shipped policies; and the token rate of Monte-Carlo truth against
// that of plain sampling by the same policy, which ends answers at random.

import type { CreditShape } from '../credit/builder';
import { METHODS } from '../credit/methods';
import { describeSignal, SIGNALS, type ValueSignal } from '../credit/signals';
import { traceCredit } from '../credit/trace';
import { writeSignals, type CreditSignals } from '../credit/writeSignals';
import { readFloats, type Executor } from '../gpu/executor';
import { EnginePolicy } from '../lab/enginePolicy';
import { initialWeights } from '../lab/initialWeights';
import type { SampleRecord } from '../lab/record';
import { creditNeeds } from '../lab/signals';
import { monteCarloTruth } from '../lab/truth/monteCarlo';
import { RandomStream, streamKey } from '../random/threefry';
import { STOP_TOKEN, type Task } from '../tasks/task';
import { medianTime, timed } from './timing';
import { ADAMW, modelOf } from './trainingShape';

export interface CreditRates {
  readonly answers: number;
  readonly tokens: number;
  /** how many programs were run, one after the other */
  readonly methods: number;
  /** of all of them, signals written and advantages read back */
  readonly creditMs: number;
  /** sampling, scoring, gradient, optimiser */
  readonly updateMs: number;
  readonly rolloutTokensPerSecond: number;
  readonly truthTokensPerSecond: number;
}

const PROMPT = 9;
const ANSWERS_PER_PROBLEM = 8;
const VOCABULARY = 20;
const STEP = 8;
/** signals from these cost no model of their own and no rollout */
const FREE: readonly string[] = ['verifier', 'checker', 'sampling', 'forward', 'reference', 'judge', 'task'];
const REPETITIONS = 3;
const LIMIT_MS = 20_000;
/** continuations in lockstep: of prefixes of about one length, so that they end together */
const TRUTH_TOGETHER = 128;

export async function creditRates(executor: Executor, answers: number, tokens: number): Promise<CreditRates> {
  const config = modelOf({ layers: 3, width: 64, heads: 4, length: PROMPT + 2 * tokens, batch: 1, vocabulary: VOCABULARY });
  const problems = answers / ANSWERS_PER_PROBLEM;
  const policy = await EnginePolicy.create(executor, config, { promptLength: PROMPT, answerLength: tokens, microbatchAnswers: Math.min(answers, 128), promptsPerSample: problems, answersPerPrompt: ANSWERS_PER_PROBLEM });
  policy.loadWeights(initialWeights(config, 1));
  await policy.prepareLoss({ kind: 'ppo', klKind: 'none' });
  const random = RandomStream.of(1, 'problems');
  const prompts = Array.from({ length: problems }, () => Array.from({ length: PROMPT }, () => 2 + random.below(VOCABULARY - 2)));
  // a token beyond the vocabulary is never drawn, so that every answer has all its tokens
  const settings = { temperature: 1, topK: 0, topP: 1, minP: 0, isGreedy: false, stopToken: VOCABULARY, key: streamKey(1, 'sampling', 0), rowOffset: 0 };
  const drawn = await policy.sample(prompts, ANSWERS_PER_PROBLEM, settings);
  const rolloutMs = await medianTime(() => policy.sample(prompts, ANSWERS_PER_PROBLEM, settings), REPETITIONS, LIMIT_MS);

  // for the comparison with truth answers may end, as continuations do
  const endingSettings = { ...settings, stopToken: STOP_TOKEN };
  const ended = await policy.sample(prompts, ANSWERS_PER_PROBLEM, endingSettings);
  const endedMs = await medianTime(() => policy.sample(prompts, ANSWERS_PER_PROBLEM, endingSettings), REPETITIONS, LIMIT_MS);
  const rolloutTokensPerSecond = ended.lengths_N.reduce((sum, one) => sum + one, 0) / (endedMs / 1000);

  const batch = { prompts_N: Array.from({ length: answers }, (_, n) => prompts[Math.floor(n / ANSWERS_PER_PROBLEM)]!), tokens_NT: drawn.tokens_NT, lengths_N: drawn.lengths_N };
  const learn = async (): Promise<void> => {
    const { logprobs_NT } = await policy.score(batch, 1, 'policy');
    const ones = new Float32Array(answers * tokens).fill(1);
    await policy.computeGradients(batch, { oldLogprobs_NT: logprobs_NT, advantages_NT: ones, weights_NT: ones }, {
      kind: 'ppo', temperature: 1, clipLow: 0.2, clipHigh: 0.2, dualClip: 0, klKind: 'none', klWeight: 0, entropyBonus: 0,
    });
    await policy.step({ ...ADAMW, learningRate: 0, maximumGradientNorm: 1 });
  };
  await learn();
  const updateMs = rolloutMs + await medianTime(learn, REPETITIONS, LIMIT_MS);

  const shape: CreditShape = { answers, width: tokens, problems, maximumSteps: Math.ceil(tokens / STEP), critiques: 4, referenceTokens: 2, checks: 3 };
  const programs = METHODS.filter((method) => creditNeeds(method, {}).every((need) => FREE.includes(describeSignal(need).source))).map((method) => traceCredit(method, {}, shape));
  const signals = randomSignals(shape, drawn.tokens_NT, random);
  for (const { plan } of programs) await executor.prepare(plan);
  const assign = async (): Promise<void> => {
    for (const traced of programs) {
      writeSignals(executor, traced, signals);
      await executor.run(traced.plan);
      await readFloats(executor, traced.advantages);
    }
  };
  await assign();
  const creditMs = await medianTime(assign, REPETITIONS, LIMIT_MS);
  for (const { plan } of programs) executor.release(...plan.buffers());

  return {
    answers, tokens, methods: programs.length, creditMs, updateMs,
    rolloutTokensPerSecond,
    truthTokensPerSecond: await truthRate(executor, config, drawn.tokens_NT.slice(0, tokens), prompts[0]!, tokens),
  };
}

/** Continuations from every prefix of one answer. */
async function truthRate(executor: Executor, config: ReturnType<typeof modelOf>, tokens_NT: Uint32Array, prompt: readonly number[], width: number): Promise<number> {
  const alphabet = Array.from({ length: VOCABULARY }, (_, token) => String.fromCharCode(0x41 + token));
  const task = { alphabet, verify: () => 0 } as unknown as Task;
  const continuer = await EnginePolicy.create(executor, config, { promptLength: PROMPT + width, answerLength: width, microbatchAnswers: TRUTH_TOGETHER, promptsPerSample: TRUTH_TOGETHER, answersPerPrompt: 1 });
  continuer.loadWeights(initialWeights(config, 1));
  const sample: SampleRecord = {
    problems_P: [{ prompt: prompt.map((token) => alphabet[token]!).join(''), answer: '' }], answers: 1, width, problem_N: new Uint32Array(1),
    tokens_NT, lengths_N: Uint32Array.of(width), finished_N: new Uint8Array(1), samplerLogprobs_NT: new Float32Array(width),
  };
  // once, so that compiling is not counted
  await continuer.sample([prompt], TRUTH_TOGETHER, { temperature: 1, topK: 0, topP: 1, minP: 0, isGreedy: false, stopToken: STOP_TOKEN, key: streamKey(1, 'truth', 0), rowOffset: 0 });
  let sampled = 0;
  const ms = await timed(async () => {
    const { cost } = await monteCarloTruth(task, continuer, sample, { seed: 1, sampling: { temperature: 1, topK: 0, topP: 1, minP: 0 }, share: 16, most: 16, targetError: 1 }, { clock: () => 0 });
    sampled = cost.sampledTokens;
  });
  return sampled / (ms / 1000);
}

function randomSignals({ answers, width, maximumSteps }: CreditShape, tokens_NT: Uint32Array, random: RandomStream): CreditSignals {
  const steps = Array.from({ length: maximumSteps }, (_, k): [number, number] => [k * STEP, Math.min(width, (k + 1) * STEP)]);
  const each = <T>(make: () => T): T[][] => Array.from({ length: answers }, () => steps.map(make));
  const values: { [K in ValueSignal]?: ArrayLike<number> | number[][] } = {};
  for (const name of Object.keys(SIGNALS) as ValueSignal[]) {
    const { shape } = SIGNALS[name];
    const draw = (): number => (name.endsWith('ogprobs') ? -random.uniform() : shape === 'token' ? random.uniform() : random.below(2));
    values[name] = shape === 'step' ? each(draw) : Float32Array.from({ length: shape === 'token' ? answers * width : answers }, draw);
  }
  return {
    problem_N: Array.from({ length: answers }, (_, n) => Math.floor(n / ANSWERS_PER_PROBLEM)), mask_NT: new Uint8Array(answers * width).fill(1), tokens_NT, values,
    steps_NK: Array.from({ length: answers }, () => steps),
    critiques_Nk: Array.from({ length: answers }, () => Array.from({ length: 4 }, () => steps.flatMap((_, k) => (random.below(4) === 0 ? [k] : [])))),
    states_NK: each(() => random.below(3)), checks_NKC: each(() => [random.below(2), random.below(2), random.below(2)]),
  };
}
