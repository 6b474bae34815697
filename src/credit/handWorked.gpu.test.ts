// Methods that no case of credit.json covers, against numbers worked out by hand, on both executors.

import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import type { OptionValues } from '../tasks/task';
import { findMethod } from './methods';
import { creditOf, rowsById } from './testing';
import type { CreditSignals } from './writeSignals';

/** Three answers to one problem, "a b c d", "a b c", "a e f g" as token ids, right, wrong, right; the last token is its own step. */
const base: CreditSignals = {
  problem_N: [0, 0, 0],
  mask_NT: [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1],
  tokens_NT: [1, 2, 3, 4, 1, 2, 3, 0, 1, 5, 6, 7],
  steps_NK: [[[0, 2], [2, 4]], [[0, 2], [2, 3]], [[0, 4]]],
  values: { outcome: [1, 0, 1], correct: [1, 0, 1], formatOk: [1, 1, 1], suffixGain: [[0.5, 9], [0.25, 9], [9]] },
  answerLogprobs_NKL: [[[-2], [-1.5], [-1]], [[-2], [-2], [-3]], [[-2], [-0.5]]],
};
const shape = { answers: 3, width: 4, problems: 1, maximumSteps: 2, critiques: 0, referenceTokens: 1 };

async function expectAdvantages(name: string, parameters: OptionValues, signals: CreditSignals, expected: readonly number[]): Promise<void> {
  for (const executor of await testExecutors()) {
    const { advantages_NT } = await creditOf(executor, findMethod(name), parameters, shape, signals);
    expected.forEach((one, i) => expect(advantages_NT[i], `${executor.kind} ${name}, token ${i}`).toBeCloseTo(one, 5));
  }
}

test('REINFORCE: the discounted outcome, without or less the mean over tokens', async () => {
  await expectAdvantages('reinforce', { gamma: 0.5, baseline: 'none' }, base, [0.125, 0.25, 0.5, 1, 0, 0, 0, 0, 0.125, 0.25, 0.5, 1]);
  const mean = (2 * 1.875) / 11;
  await expectAdvantages('reinforce', { gamma: 0.5 }, base, [0.125 - mean, 0.25 - mean, 0.5 - mean, 1 - mean, -mean, -mean, -mean, 0, 0.125 - mean, 0.25 - mean, 0.5 - mean, 1 - mean]);
});

test('ROSE: pieces end where answers part, and at the answer’s end', async () => {
  // root 2/3; after "a" all three: they part there (cut, value 2/3); after "a b" and "a b c": 1/2, answer 1 ends there (cut)
  const [root, a, abc] = [2 / 3, 2 / 3, 1 / 2];
  await expectAdvantages('rose', {}, base, [
    a - root, abc - a, abc - a, 1 - abc,
    a - root, 0 - a, 0 - a, 0,
    a - root, 1 - a, 1 - a, 1 - a,
  ]);
});

test('ROSE: a strict prefix of another answer gets its own outcome in its last piece, the other one the shared value', async () => {
  const signals = { ...base, tokens_NT: [1, 2, 3, 4, 1, 2, 3, 0, 1, 2, 3, 4], values: { outcome: [1, 0, 1] } };
  const cut = 2 / 3;
  await expectAdvantages('rose', {}, signals, [0, 0, 0, 1 - cut, -cut, -cut, -cut, 0, 0, 0, 0, 1 - cut]);
});

test('JEPO: log of the group’s mean probability less the same without the answer', async () => {
  const p = [-1, -3, -0.5].map(Math.exp) as [number, number, number];
  const all = Math.log((p[0] + p[1] + p[2]) / 3);
  const A = [all - Math.log((p[1] + p[2]) / 2), all - Math.log((p[0] + p[2]) / 2), all - Math.log((p[0] + p[1]) / 2)];
  await expectAdvantages('likelihood', { reward: 'jepo' }, base, [A[0]!, A[0]!, A[0]!, A[0]!, A[1]!, A[1]!, A[1]!, 0, A[2]!, A[2]!, A[2]!, A[2]!]);
});

test('P2S: the outcome decides where an answer is right', async () => {
  const std = Math.sqrt(1 / 3);
  const [up, down] = [1 / 3 / std, -2 / 3 / std];
  await expectAdvantages('p2s', { epsilon: 0 }, base, [up, up, up, up, down, down, down, 0, up, up, up, up]);
});

test('P2S: where none is right, the faithfulness of the steps does, later ones weighing more; a wrong form is −1', async () => {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  const [first, last] = [sigmoid(5 * (1 / 2 - 0.5)), sigmoid(5 * (1 - 0.5))];
  const rewards = [(first * 0.5 + last * -1) / (first + last), (first * 0.25 + last * -3) / (first + last), -1];
  const signals = { ...base, values: { ...base.values, correct: [0, 0, 0], formatOk: [1, 1, 0] } };
  const mean = (rewards[0]! + rewards[1]! + rewards[2]!) / 3;
  const std = Math.sqrt(rewards.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 2);
  const [A, B, C] = rewards.map((one) => (one - mean) / std) as [number, number, number];
  await expectAdvantages('p2s', { epsilon: 0 }, signals, [A, A, A, A, B, B, B, 0, C, C, C, C]);
});

test('PSR and NSR keep the others out of the loss', async () => {
  for (const executor of await testExecutors()) {
    const kept = async (mode: string) => [...rowsById(await creditOf(executor, findMethod('psr_nsr'), { mode }, shape, base))['kept']!.values];
    expect(await kept('psr')).toEqual([1, 0, 1]);
    expect(await kept('nsr')).toEqual([0, 1, 0]);
    expect(await kept('w_reinforce')).toEqual([1, 1, 1]);
  }
});
