// The true gradient against finite differences of the exact chance of a right answer, and the table on a batch small enough to follow.

import { beforeEach, expect, it } from 'vitest';
import { findMethod } from '../../credit/methods';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import type { ModelConfig } from '../../model/config';
import { chain } from '../../tasks/chain';
import { STOP_TOKEN, type Problem, type Task } from '../../tasks/task';
import { FakePolicy } from '../fakePolicyTesting';
import { readConfiguration } from '../readConfiguration';
import { enumerateTruth } from '../truth/enumerate';
import { monteCarloTruth } from '../truth/monteCarlo';
import { TruthCancelled } from '../truth/truth';
import { compareMethods, type CompareEntry } from './compare';
import { scoreMethods } from './fidelity';
import { cosineOf, products } from './gradientCosine';
import { creditGradients, trueGradients } from './problemGradients';
import { makeScene } from './scene';

const WIDTH = 4;
const theta = [-2, 0.3, 0.7, -0.1];
/** Right are the answers with an even, positive number of a's; of problem b, with a b in them. One step a letter. */
const task = {
  name: 'letters', alphabet: ['<pad>', '<stop>', 'a', 'b'], stepDelimiter: '\n', maximumPromptLength: 2, maximumAnswerLength: WIDTH,
  problem: (_: unknown, random: { below(bound: number): number }) => ({ prompt: random.below(2) === 0 ? 'a' : 'b', answer: '' }),
  verify: ({ prompt }: Problem, answer: string) => (prompt === 'a' ? isEven(answer) : answer.includes('b')) ? 1 : 0,
  steps: (answer: string) => [...answer].map((__, start) => ({ start, end: start + 1 })),
  check: (_: Problem, answer: string) => [...answer].map((one) => ({ isCorrect: one !== '\uFFFD', canReachAnswer: true })),
} as unknown as Task;
const isEven = (answer: string): boolean => ((count) => count > 0 && count % 2 === 0)([...answer].filter((one) => one === 'a').length);

let model: FakePolicy;
beforeEach(() => {
  model = new FakePolicy({ vocabularySize: 4 } as ModelConfig, 2 + WIDTH, WIDTH);
  model.theta = [...theta];
});

const configuration = readConfiguration({ problemsPerUpdate: 6, answersPerProblem: 12, seed: 4, critic: { critiques: 2 }, loss: { klKind: 'none' } });
const scene = () => makeScene({ configuration, task, model, continuer: async () => model });
const exact = async (made: Awaited<ReturnType<typeof scene>>) => enumerateTruth(task, model, model, made.sample, { temperature: 1, drop: 0, mostPaths: 10_000 }, { clock: () => 0 });

it('the true gradient is that of the exact chance of a right answer', async () => {
  const { sample } = await scene();
  const answers = 20_000;
  const found = await trueGradients(task, model, sample, configuration.sampling, 7, answers);
  for (const [p, problem] of sample.problems_P.entries()) {
    const wanted = theta.map((_, v) => (chance(problem, v, 1e-4) - chance(problem, v, -1e-4)) / 2e-4);
    // a loss goes down where the chance goes up
    wanted.forEach((slope, v) => expect(-found.whole[p]![v]! / answers, `problem ${p}, logit ${v}`).toBeCloseTo(slope, 1.7));
  }
  expect(found.answers).toBe(6 * answers);
});

it('the truth as credit points where the true gradient points', async () => {
  const made = await scene();
  const truth = await exact(made);
  const own = await creditGradients(task, model, made.sample, 1, Float32Array.from(truth.advantages_NT));
  const { whole } = await trueGradients(task, model, made.sample, configuration.sampling, 7, 4000);
  expect(cosineOf(products(own, whole), products(own, own), products(whole, whole), [0, 1, 2, 3, 4, 5])).toBeGreaterThan(0.9);
});

it('the table: best first between ceiling and floor; what cannot run says why', async () => {
  const entries: CompareEntry[] = ['grpo', 'capo', 'ppo'].map((name) => ({ method: findMethod(name), parameters: {} }));
  const stages: string[] = [];
  const made = await compareMethods(new CpuExecutor(), { configuration, task, model, continuer: async () => model }, { entries, truth: { kind: 'auto' }, gradientAnswers: 400, resamples: 50 }, {
    clock: () => 0, onProgress: (stage) => { if (stages.at(-1) !== stage) stages.push(stage); },
  });
  const { table, methods, sample, truth, refused } = made;
  expect(stages).toEqual(['sampling', 'truth', 'true gradient', 'methods']);
  expect(truth.kind).toBe('enumeration');
  expect(methods.map(({ name }) => name)).toEqual(['grpo', 'capo']);
  expect(methods[1]!.credit.rows.at(-1)!.values).toBe(methods[1]!.credit.advantages_NT);
  expect(refused).toEqual([expect.objectContaining({ name: 'ppo', reason: expect.stringContaining('value model') })]);
  expect(table.rows.map(({ name }) => name).sort()).toEqual(['capo', 'grpo']);
  expect(table.rows[0]!.scores.gradientCosine!.value).toBeGreaterThanOrEqual(table.rows[1]!.scores.gradientCosine!.value);
  expect(table.ceiling.scores).toMatchObject({ signAgreement: { value: 1 }, spearman: { value: 1 }, breakerFound: { value: 1 } });
  expect(table.ceiling.scores.rmse!.value).toBeCloseTo(0, 6);
  expect(table.floor.scores).toMatchObject({ signAgreement: { value: 0 }, spearman: { value: 0 }, gradientCosine: { value: 0 } });
  for (const { scores, cost, name } of table.rows) {
    expect(cost.judgeCalls, name).toBe(name === 'capo' ? 2 * sample.answers : 0);
    for (const one of Object.values(scores)) {
      expect(one!.low, name).toBeLessThanOrEqual(one!.value + 1e-9);
      expect(one!.high, name).toBeGreaterThanOrEqual(one!.value - 1e-9);
    }
  }
  // one score for all tokens of an answer is of some use
  expect(table.rows.find(({ name }) => name === 'grpo')!.scores.spearman!.value).toBeGreaterThan(0);
  expect(table.gradientAgreement).toBeGreaterThan(0.8);
});

it('without a true gradient there are no cosines; a person can stop it', async () => {
  const parts = { configuration, task, model, continuer: async () => model };
  const request = { entries: [{ method: findMethod('grpo'), parameters: {} }], truth: { kind: 'auto' }, gradientAnswers: 0, resamples: 10 } as const;
  const { table } = await compareMethods(new CpuExecutor(), parts, request, { clock: () => 0 });
  expect([table.rows[0]!.scores.gradientCosine, table.gradientAgreement]).toEqual([null, undefined]);
  await expect(compareMethods(new CpuExecutor(), parts, request, { clock: () => 0, isCancelled: () => true })).rejects.toThrow(TruthCancelled);
});

it('under Monte Carlo the ceiling is one half of the truth against the other', async () => {
  const made = await scene();
  const truth = await monteCarloTruth(task, model, made.sample, { seed: 1, sampling: configuration.sampling, share: 8, most: 32, targetError: 0.1 }, { clock: () => 0 });
  const { ceiling, coverage } = await scoreMethods({ scene: made, truth, contenders: [], resamples: 20 });
  expect(ceiling.scores.spearman!.value).toBeGreaterThan(0.3);
  expect(ceiling.scores.spearman!.value).toBeLessThan(0.999);
  expect(coverage.sign).toBeGreaterThan(0);
  expect(coverage.sign).toBeLessThan(1);
});

it('fits any task of the house', async () => {
  const small = readConfiguration({ taskOptions: { operations: 1 }, problemsPerUpdate: 2, answersPerProblem: 2, loss: { klKind: 'none' } });
  const real = chain.create(small.taskOptions);
  const policy = new FakePolicy({ vocabularySize: real.alphabet.length } as ModelConfig, real.maximumPromptLength, real.maximumAnswerLength);
  const made = await makeScene({ configuration: small, task: real, model: policy, continuer: async () => policy });
  expect(made.sample.answers).toBe(4);
  expect(await made.continuer()).toBe(policy);
});

/** Exact chance of a right answer with logit v moved by `by`. */
function chance(problem: Problem, v: number, by: number): number {
  const moved = theta.map((one, i) => Math.exp(i === v ? one + by : one));
  const total = moved.reduce((sum, one) => sum + one, 0);
  const from = (text: string, length: number): number => (length === WIDTH ? 0 : moved.reduce((sum, weight, token) =>
    sum + (weight / total) * (token === STOP_TOKEN ? task.verify(problem, text) : from(text + ['\uFFFD', '', 'a', 'b'][token]!, length + 1)), 0));
  return from('', 0);
}
