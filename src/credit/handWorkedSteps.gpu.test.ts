// Step judges, reward models and budgets where credit.json has no case: numbers worked out by hand, on both executors.

import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import type { OptionValues } from '../tasks/task';
import { findMethod } from './methods';
import { creditOf, rowsById } from './testing';
import type { CreditSignals } from './writeSignals';

async function expectRow(name: string, parameters: OptionValues, signals: CreditSignals, row: string, expected: readonly number[]): Promise<void> {
  const answers = signals.problem_N.length;
  const shape = {
    answers, width: signals.mask_NT.length / answers, problems: Math.max(...Array.from(signals.problem_N)) + 1, critiques: 0,
    maximumSteps: Math.max(1, ...(signals.steps_NK ?? []).map((steps) => steps.length)),
  };
  for (const executor of await testExecutors()) {
    const made = rowsById(await creditOf(executor, findMethod(name), parameters, shape, signals))[row]!.values;
    expect(made).toHaveLength(expected.length);
    expected.forEach((one, i) => expect(made[i], `${executor.kind} ${name} ${row}[${i}]`).toBeCloseTo(one, 5));
  }
}

/** One answer of three steps of one token; the second is bad. */
const alone: CreditSignals = {
  problem_N: [0], mask_NT: [1, 1, 1], steps_NK: [[[0, 1], [1, 2], [2, 3]]],
  values: { prmSigned: [[0.8, -0.6, 0.5]], correct: [0], stepCorrect: [[1, 0, 1]], outcome: [0] },
};

test('PURE: summed scores praise what leads to a bad step, the smallest does not', async () => {
  const only = { verifierWeight: 0, baseline: 'verl' };
  await expectRow('pure', { ...only, credit: 'sum' }, alone, 'A', [0.7, -0.1, 0.5]);
  await expectRow('pure', { ...only, credit: 'strict_steps' }, alone, 'A', [-0.6, -0.6, 0.5]);
  // T = 0.01: all the weight on the worst step
  await expectRow('pure', { ...only, credit: 'softmin', temperature: 0.01 }, alone, 'A', [-0.6, -0.6, 0]);
  // the row is full, so no padding holds the strict dense form at 0
  await expectRow('pure', { ...only, credit: 'strict_dense' }, alone, 'A', [-0.6, -0.6, 0.5]);
  await expectRow('pure', { ...only, credit: 'strict_dense' }, { ...alone, mask_NT: [1, 1, 1, 0], steps_NK: [[[0, 1], [1, 2], [2, 3]]] }, 'A', [-0.6, -0.6, 0, 0]);
});

test('PURE: three more good steps are worth more only to the sum', async () => {
  const signals: CreditSignals = {
    problem_N: [0, 1], mask_NT: [1, 0, 0, 0, 1, 1, 1, 1], steps_NK: [[[0, 1]], [[0, 1], [1, 2], [2, 3], [3, 4]]], values: { prmSigned: [[0.5], [0.5, 0.5, 0.5, 0.5]] },
  };
  const only = { verifierWeight: 0, baseline: 'token' };
  await expectRow('pure', { ...only, credit: 'sum' }, signals, 'A', [0.5, 0, 0, 0, 2, 1.5, 1, 0.5]);
  await expectRow('pure', only, signals, 'A', [0.5, 0, 0, 0, 0.5, 0.375, 0.25, 0.125]);
});

test('GroundedPRM: early steps of the rest weigh more, the verdict with the fewer steps the more', async () => {
  // v = 1, -1, 1; F = -1. From step 1: (3 - 2 + 1)/9 - 1/3 = -1/9; from 2: (-2 + 1)/4 - 1/2 = -3/4; from 3: 1 - 1 = 0
  await expectRow('grounded_prm', {}, alone, 'V', [-1 / 9, -3 / 4, 0]);
  const mean = (-1 / 9 - 3 / 4) / 3;
  await expectRow('grounded_prm', {}, alone, 'A', [-1 / 9 - mean, -3 / 4 - mean, -mean]);
});

test('Q-RM: the last token’s score is replaced by the answer’s mean before the spread is taken', async () => {
  const signals: CreditSignals = { problem_N: [0, 1], mask_NT: [1, 1, 1, 1, 0, 0], values: { qReward: [1, 3, 8, 4, 0, 0] } };
  // scores 1, 3, 4 and 4: mean 3, population variance (4 + 0 + 1 + 1) / 4
  const std = Math.sqrt(1.5);
  await expectRow('qrm', { lastToken: 'mean', centre: 'no' }, signals, 'A', [1 / std, 3 / std, 4 / std, 4 / std, 0, 0]);
  await expectRow('qrm', { lastToken: 'mean' }, signals, 'A', [-2 / std, 0, 1 / std, 1 / std, 0, 0]);
});

test('Knapsack RL: the standard score, held at the clip', async () => {
  const signals: CreditSignals = { problem_N: [0, 0, 0, 0], mask_NT: [1, 1, 1, 1], values: { outcome: [1, 0, 0, 0] } };
  await expectRow('knapsack', { clip: 1, epsilon: 0 }, signals, 'A', [1, -0.5, -0.5, -0.5]);
  await expectRow('knapsack', { epsilon: 0 }, signals, 'A', [1.5, -0.5, -0.5, -0.5]);
});

test('PRIME: equal answers get the same whatever their rewards are called, one alone keeps its own', async () => {
  const values = { phiLogprobs: [-1, -2, -1, -2], phiReferenceLogprobs: [-2, -2, -2, -2], correct: [1, 1] };
  const twins: CreditSignals = { problem_N: [0, 0], mask_NT: [1, 1, 1, 1], values };
  // q = 1, 0; m = 1/2 in both: q − 1/2 + (q − 1/2) = 1, −1; outcome equal to the other's: nothing
  await expectRow('prime', { norm: 'no' }, twins, 'returns', [0, -1, 0, -1]);
  await expectRow('prime', { norm: 'no' }, { ...twins, problem_N: [0, 1] }, 'returns', [2, 1, 2, 1]);
});

const neutral: [string, OptionValues][] = [
  ['hicra', {}], ['hicra', { base: 'std' }], ['hicra', { marks: 'uncertain' }], ['rhythm', {}], ['rhythm', { mode: 'local', applyTo: 'all' }], ['knapsack', {}], ['ucas', { logitWeight: 0 }],
];
test.each(neutral)('%s %j: equal outcomes, a group of one and an empty answer give nothing at all', async (name, parameters) => {
  const token = (at: number) => Array.from({ length: 20 }, (_, i) => Math.sin(i + at));
  const signals: CreditSignals = {
    problem_N: [0, 0, 0, 1, 0], mask_NT: Array.from({ length: 20 }, (_, i) => Number(i < 16)),
    values: {
      outcome: [0.7, 0.7, 0.7, 0.3, 0.7], planMask: token(0).map((one) => Number(one > 0)), entropy: token(1), waad: token(2), fai: token(3),
      logsumexp: token(4), meanLogit: token(5), tokenLogit: token(6),
    },
  };
  for (const executor of await testExecutors()) {
    const { advantages_NT } = await creditOf(executor, findMethod(name), { epsilon: 0, ...parameters }, { answers: 5, width: 4, problems: 2, maximumSteps: 1, critiques: 0 }, signals);
    advantages_NT.forEach((one) => expect(Math.abs(one)).toBe(0));
  }
});
