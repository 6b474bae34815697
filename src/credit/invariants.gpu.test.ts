// What must hold between methods, or between a method's rows, whatever the batch: telescoping sums and special cases that are
// another method. On both executors.

import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import type { CreditRecord } from '../lab/record';
import type { OptionValues } from '../tasks/task';
import { testBatch, testShape } from './batchTesting';
import { findMethod } from './methods';
import { creditOf, rowsById } from './testing';
import type { CreditSignals } from './writeSignals';

const { answers, width, maximumSteps } = testShape;
const plain = testBatch(31);
const with_ = (values: CreditSignals['values']): CreditSignals => ({ ...plain, values: { ...plain.values, ...values } });
const perStep = (value: (n: number, k: number) => number): number[][] => plain.steps_NK!.map((row, n) => row.map((_, k) => value(n, k)));
const tokens = (n: number): number[] => Array.from({ length: width }, (_, t) => n * width + t).filter((i) => plain.mask_NT[i] === 1);
const row = (credit: CreditRecord, id: string): Float32Array => rowsById(credit)[id]!.values;

/** The same check on both executors. */
async function onBoth(check: (run: (name: string, parameters?: OptionValues, signals?: CreditSignals) => Promise<CreditRecord>) => Promise<void>): Promise<void> {
  for (const executor of await testExecutors()) await check((name, parameters = {}, signals = plain) => creditOf(executor, findMethod(name), parameters, testShape, signals));
}

const expectSame = (got: ArrayLike<number>, expected: ArrayLike<number>, what: string): void => {
  expect(got.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(got[i]! - expected[i]!), `${what}, element ${i}: ${got[i]}, ${expected[i]}`).toBeLessThan(2e-5 * Math.max(1, Math.abs(expected[i]!)));
};

test('MA-RLHF with chunks of one token is PPO without whitening', () => onBoth(async (run) => {
  const [macro, ppo] = [await run('ma_rlhf', { n: 1, klWeight: 0.1, gamma: 0.9 }), await run('ppo', { whiten: 'no', klWeight: 0.1, gamma: 0.9 })];
  expectSame(macro.advantages_NT, ppo.advantages_NT, 'advantages');
  expectSame(row(macro, 'returns'), row(ppo, 'returns'), 'targets');
}));

test.each(['equal', 'unit', 'position'])('MA-RLHF, %s weights: one credit a chunk, the last token on its own, rewards add up at lambda 1', (sigma) => onBoth(async (run) => {
  const made = await run('ma_rlhf', { n: 3, sigma, lambda: 1, rewardClip: 100 });
  for (let n = 0; n < answers; n++) {
    const own = tokens(n);
    own.forEach((i, t) => { if (t % 3 !== 0 && t < own.length - 1) expect(made.advantages_NT[i]).toBe(made.advantages_NT[own[t - 1]!]); });
    // gamma = lambda = 1: advantage + value of the chunk is the outcome, which the last chunk of one token alone carries
    for (const i of own) expect(row(made, 'returns')[i]).toBeCloseTo(plain.values!.outcome![n] as number, 4);
  }
}));

test('the jumps of the tree methods telescope to the outcome where an answer ends alone', () => onBoth(async (run) => {
  const [tempo, token, rose] = [await run('tempo', { scale: 'none' }), await run('treeps', { nodes: 'token' }), await run('rose')];
  const grpo = await run('grpo');
  let alone = 0;
  for (let n = 0; n < answers; n++) {
    const own = tokens(n);
    if (own.length === 0) continue;
    const end = row(token, 'V')[own.at(-1)!]!;
    const total = end - row(token, 'mean')[plain.problem_N[n]!]!;
    const sum = (credit: CreditRecord) => own.reduce((all, i) => all + credit.advantages_NT[i]!, 0);
    expect(sum(token)).toBeCloseTo(total, 4);
    expect(sum(tempo) - own.length * row(grpo, 'A')[n]!).toBeCloseTo(total, 4);
    if (row(rose, 'passing')[own.at(-1)!] !== 1) continue;
    alone++;
    expect(end).toBeCloseTo(plain.values!.outcome![n] as number, 6);
    // a piece of ROSE has one credit for all its tokens: counted once a piece, they too add up to the whole
    const pieces = own.filter((i) => row(rose, 'starts')[i] === 1).reduce((all, i) => all + rose.advantages_NT[i]!, 0);
    expect(pieces).toBeCloseTo(total, 4);
  }
  expect(alone).toBeGreaterThan(5);
}));

test('HiPER: with a segment a step the upper level is GAE over steps; with one segment the lower one is, and the upper its return', () => onBoth(async (run) => {
  const [gamma, lambda, lambdaSegment] = [0.9, 0.7, 0.6];
  const reward = (n: number, k: number): number => (k === plain.steps_NK![n]!.length - 1 ? (plain.values!.outcome![n] as number) : 0);
  const gae = (name: 'valueHigh' | 'valueLow', carry: number) => plain.steps_NK!.map((steps, n) => {
    const V = (k: number) => (k < steps.length ? (plain.values![name] as number[][])[n]![k]! : 0);
    return steps.map((_, k) => steps.slice(k).reduce((sum, __, ahead) => sum + (gamma * carry) ** ahead * (reward(n, k + ahead) + gamma * V(k + ahead + 1) - V(k + ahead)), 0));
  });
  const compare = (credit: CreditRecord, id: string, expected: number[][], only = (_: number) => true) => {
    for (let n = 0; n < answers - 1; n++) {
      if (tokens(n).length === 0) continue;
      expected[n]!.forEach((one, k) => { if (only(k)) expect(row(credit, id)[n * maximumSteps + k], `${id} ${n} ${k}`).toBeCloseTo(one, 4); });
    }
  };
  const each = await run('hiper', { gamma, lambda, lambdaSegment }, with_({ opensSegment: perStep(() => 1) }));
  compare(each, 'high', gae('valueHigh', lambdaSegment));
  const one = await run('hiper', { gamma, lambda, lambdaSegment }, with_({ opensSegment: perStep(() => 0) }));
  compare(one, 'low', gae('valueLow', lambda));
  const returns = plain.steps_NK!.map((steps, n) => steps.map((_, k) => gamma ** (steps.length - 1 - k) * reward(n, steps.length - 1)));
  compare(one, 'high', returns.map((own, n) => own.map((g, k) => g - (plain.values!.valueHigh as number[][])[n]![k]!)), (k) => k === 0);
  compare(one, 'term', returns.map((own, n) => own.map((g, k) => g - (plain.values!.valueTerm as number[][])[n]![k]!)));
}));

test('GiGPO without weight on steps is Dr. GRPO; A²TGPO without weight on gains is GRPO with the plain clip range', () => onBoth(async (run) => {
  expectSame((await run('gigpo', { w: 0, episodeRows: 'answers' })).advantages_NT, (await run('dr_grpo')).advantages_NT, 'GiGPO');
  const gains = await run('a2tgpo', { alpha: 0, clipStrength: 0 });
  expectSame(gains.advantages_NT, (await run('grpo')).advantages_NT, 'A2TGPO');
  expectSame(row(gains, 'clipRange'), Array.from(plain.mask_NT), 'clip range');
}));

test('A²TGPO: the clip range stays within 1 ± its strength, wider for gains above the peers’', () => onBoth(async (run) => {
  const made = await run('a2tgpo', { clipStrength: 0.3 });
  const [z, range] = [row(made, 'z'), row(made, 'clipRange')];
  plain.steps_NK!.forEach((steps, n) => steps.forEach(([start, end], k) => {
    for (let t = start; t < end; t++) {
      if (plain.mask_NT[n * width + t] !== 1) continue;
      expect(Math.abs(range[n * width + t]! - 1)).toBeLessThanOrEqual(0.3);
      expect(Math.sign(range[n * width + t]! - 1) === Math.sign(z[n * maximumSteps + k]!)).toBe(true);
    }
  }));
}));

test('IGPO: the return from the first step is what the steps before the last added to the probability, and the outcome', () => onBoth(async (run) => {
  const made = await run('igpo');
  const p = (n: number, k: number): number => Math.exp(plain.answerLogprobs_NKL![n]![k]!.reduce((sum, one) => sum + one, 0) / 2);
  plain.steps_NK!.forEach((steps, n) => {
    if (steps.length === 0 || tokens(n).length === 0) return;
    expect(row(made, 'returns')[n * maximumSteps]).toBeCloseTo(p(n, steps.length - 1) - p(n, 0) + (plain.values!.outcome![n] as number), 4);
  });
}));

test('VinePPO: steps without any rollout take the outcome as their value and get nothing', () => onBoth(async (run) => {
  const made = await run('vineppo', { whiten: 'no' }, with_({ mcKnown: perStep(() => 0) }));
  expect(made.advantages_NT.every((one) => Math.abs(one) < 1e-6)).toBe(true);
  const known = await run('vineppo', { whiten: 'no' }, with_({ mcKnown: perStep(() => 1) }));
  plain.steps_NK!.forEach((steps, n) => {
    if (steps.length === 0 || tokens(n).length === 0) return;
    const total = steps.reduce((sum, _, k) => sum + row(known, 'stepA')[n * maximumSteps + k]!, 0);
    expect(total).toBeCloseTo((plain.values!.outcome![n] as number) - (plain.values!.mcValues as number[][])[n]![0]!, 4);
  });
}));

test('SLATE: the chances of the siblings to be continued sum to one', () => onBoth(async (run) => {
  const chosen = row(await run('slate'), 'chosen');
  for (let problem = 0; problem < 5; problem++) {
    const sum = Array.from(chosen).filter((_, n) => plain.problem_N[n] === problem).reduce((all, one) => all + one, 0);
    expect(sum).toBeCloseTo(1, 5);
  }
}));
