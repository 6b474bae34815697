// Both ways to V against the definition, summed up by hand over every string of a task small enough for that.

import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../model/config';
import { PADDING_TOKEN, STOP_TOKEN, type Problem, type Task } from '../../tasks/task';
import { FakePolicy } from '../fakePolicyTesting';
import type { SampleRecord } from '../record';
import { decode } from '../tokens';
import { enumerateTruth, TreeTooLarge } from './enumerate';
import { monteCarloTruth, type MonteCarloSettings } from './monteCarlo';
import { TruthCancelled, type Truth } from './truth';

const WIDTH = 4;
const [A, B] = [2, 3];
const theta = [-2, 0.3, 0.7, -0.1];
const watch = { clock: () => 0 };

/** Accepts an even, positive number of a's. Problem 1 wants an odd one. */
const task = {
  name: 'parity', alphabet: ['<pad>', '<stop>', 'a', 'b'], maximumPromptLength: 2, maximumAnswerLength: WIDTH,
  verify: ({ answer: wanted }: Problem, answer: string) => {
    const count = [...answer].filter((one) => one === 'a').length;
    return count > 0 && count % 2 === Number(wanted) ? 1 : 0;
  },
} as unknown as Task;

const problems_P = [{ prompt: 'a', answer: '0' }, { prompt: 'b', answer: '1' }];
const sample = sampleOf([[A, B, A, STOP_TOKEN], [A, B, STOP_TOKEN], [A, A, A, A], [STOP_TOKEN], [PADDING_TOKEN, A, STOP_TOKEN]], [0, 0, 0, 1, 1]);

const policy = (): FakePolicy => {
  const made = new FakePolicy({ vocabularySize: 4 } as ModelConfig, 2 + WIDTH, WIDTH);
  made.theta = [...theta];
  return made;
};

describe('truth', () => {
  it('by enumeration equals the sum over all strings, equal prefixes once', async () => {
    const truth = await enumerateTruth(task, policy(), policy(), sample, { temperature: 1.3, drop: 0, mostPaths: 1000 }, watch);
    eachPrefix((n, t, prefix) => expect(truth.values_NT1[n * (WIDTH + 1) + t], `answer ${n} before ${t}`).toBeCloseTo(bruteForce(n, prefix, 1.3), 6));
    expect(truth.largestError).toBe(0);
    expect(advantage(truth, 0, 1)).toBeCloseTo(bruteForce(0, [A, B], 1.3) - bruteForce(0, [A], 1.3), 6);
    expect(truth.advantages_NT.slice(3 * WIDTH + 1, 4 * WIDTH)).toEqual(new Float64Array(3));
  });

  it('an answer cut off at the length limit counts 0, whatever the verifier would say', async () => {
    const truth = await enumerateTruth(task, policy(), policy(), sample, { temperature: 1, drop: 0, mostPaths: 1000 }, watch);
    expect(task.verify(problems_P[0]!, 'aaaa')).toBe(1);
    expect(truth.values_NT1[2 * (WIDTH + 1) + WIDTH]).toBe(0);
  });

  it('by enumeration with dropped ways stays within the bound that it states', async () => {
    const truth = await enumerateTruth(task, policy(), policy(), sample, { temperature: 1, drop: 0.1, mostPaths: 1000 }, watch);
    expect(truth.largestError).toBeGreaterThan(0);
    expect(truth.largestError).toBeLessThan(0.5);
    eachPrefix((n, t, prefix) => {
      const at = n * (WIDTH + 1) + t;
      expect(Math.abs(truth.values_NT1[at]! - bruteForce(n, prefix, 1))).toBeLessThanOrEqual(truth.errors_NT1[at]! + 1e-6);
    });
  });

  it('by enumeration asks nothing below a beginning that the task calls hopeless', async () => {
    const hopeless = { ...task, isHopeless: (_: Problem, beginning: string) => beginning.startsWith('b'), verify: (problem: Problem, answer: string) => (answer.startsWith('b') ? 0 : task.verify(problem, answer)) } as Task;
    const free = { ...hopeless, isHopeless: undefined } as unknown as Task;
    const settings = { temperature: 1, drop: 0, mostPaths: 1000 };
    const [short, long] = [await enumerateTruth(hopeless, policy(), policy(), sample, settings, watch), await enumerateTruth(free, policy(), policy(), sample, settings, watch)];
    short.values_NT1.forEach((value, i) => expect(value).toBeCloseTo(long.values_NT1[i]!, 12));
    expect(short.cost.forwards).toBeLessThan(long.cost.forwards);
  });

  it('refuses a tree that is too large', async () => {
    await expect(enumerateTruth(task, policy(), policy(), sample, { temperature: 1, drop: 0, mostPaths: 5 }, watch)).rejects.toThrow(TreeTooLarge);
  });

  it('by continuations agrees within its error bars, and comes as near as was asked', async () => {
    const settings: MonteCarloSettings = { seed: 5, sampling: { temperature: 1, topK: 0, topP: 1, minP: 0 }, share: 16, most: 1024, targetError: 0.02 };
    const truth = await monteCarloTruth(task, policy(), sample, settings, watch);
    expect(truth.largestError).toBeLessThanOrEqual(0.02);
    let deviations = 0;
    let prefixes = 0;
    eachPrefix((n, t, prefix) => {
      const at = n * (WIDTH + 1) + t;
      const off = Math.abs(truth.values_NT1[at]! - bruteForce(n, prefix, 1));
      if (truth.errors_NT1[at] === 0) return expect(off).toBe(0);
      expect(off).toBeLessThan(4 * truth.errors_NT1[at]!);
      deviations += (off / truth.errors_NT1[at]!) ** 2;
      prefixes++;
    });
    expect(deviations / prefixes).toBeGreaterThan(0.1);
    expect(deviations / prefixes).toBeLessThan(2.5);
    const [even, odd] = truth.halves_NT!;
    truth.advantages_NT.forEach((one, i) => expect((even[i]! + odd[i]!) / 2).toBeCloseTo(one, 10));
    expect(even).not.toEqual(odd);
  });

  it('by continuations draws from equal prefixes once, and stops at the most it may', async () => {
    const settings: MonteCarloSettings = { seed: 5, sampling: { temperature: 1, topK: 0, topP: 1, minP: 0 }, share: 2, most: 6, targetError: 1e-9 };
    const twice = sampleOf([[A, STOP_TOKEN], [A, STOP_TOKEN]], [0, 0]);
    // two prefixes have not ended: nothing, and a
    expect((await monteCarloTruth(task, policy(), twice, settings, watch)).cost.rollouts).toBe(2 * 6);
    expect(await monteCarloTruth(task, policy(), sample, settings, watch)).toEqual(await monteCarloTruth(task, policy(), sample, settings, watch));
  });

  it('can be cancelled', async () => {
    let asked = 0;
    const settings: MonteCarloSettings = { seed: 5, sampling: { temperature: 1, topK: 0, topP: 1, minP: 0 }, share: 2, most: 64, targetError: 0.01 };
    await expect(monteCarloTruth(task, policy(), sample, settings, { ...watch, isCancelled: () => ++asked > 2 })).rejects.toThrow(TruthCancelled);
    expect(asked).toBe(3);
  });
});

function sampleOf(answers: readonly (readonly number[])[], problem_N: readonly number[]): SampleRecord {
  const tokens_NT = new Uint32Array(answers.length * WIDTH);
  answers.forEach((tokens, n) => tokens_NT.set(tokens, n * WIDTH));
  return {
    problems_P: problems_P.slice(0, 1 + Math.max(...problem_N)), answers: answers.length, width: WIDTH, problem_N: Uint32Array.from(problem_N), tokens_NT, lengths_N: Uint32Array.from(answers, ({ length }) => length),
    finished_N: Uint8Array.from(answers, (tokens) => Number(tokens.at(-1) === STOP_TOKEN)), samplerLogprobs_NT: new Float32Array(tokens_NT.length),
  };
}

function eachPrefix(visit: (n: number, t: number, prefix: number[]) => void): void {
  for (let n = 0; n < sample.answers; n++) for (let t = 0; t <= sample.lengths_N[n]!; t++) visit(n, t, [...sample.tokens_NT.subarray(n * WIDTH, n * WIDTH + t)]);
}

function bruteForce(n: number, prefix: readonly number[], temperature: number): number {
  if (prefix.at(-1) === STOP_TOKEN) return task.verify(problems_P[sample.problem_N[n]!]!, decode(task.alphabet, prefix));
  if (prefix.length === WIDTH) return 0;
  const weights = theta.map((one) => Math.exp(one / temperature));
  const total = weights.reduce((sum, one) => sum + one, 0);
  return weights.reduce((sum, weight, token) => sum + (weight / total) * bruteForce(n, [...prefix, token], temperature), 0);
}

function advantage(truth: Truth, n: number, t: number): number {
  return truth.advantages_NT[n * WIDTH + t]!;
}
