import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import type { OptionValues } from '../tasks/task';
import { capo } from './methods/capo';
import { creditOf, rowsById } from './testing';
import type { CreditSignals } from './writeSignals';

// Section 6 of the paper's notes, worked by hand: (flag, length) of each step of four answers to one problem.
// r1 right (0,3)(0,3); r2 right (0,2)(1,2)(0,2); r3 wrong (0,2)(1,4); r4 wrong (0,4). 22 tokens, mean 0.818182.
const hand: CreditSignals = {
  problem_N: [0, 0, 0, 0],
  mask_NT: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0],
  steps_NK: [[[0, 3], [3, 6]], [[0, 2], [2, 4], [4, 6]], [[0, 2], [2, 6]], [[0, 4]]],
  critiques_Nk: [[[]], [[1]], [[1]], [[]]],
  values: { correct: [1, 1, 0, 0] },
};
const shape = { answers: 4, width: 6, problems: 1, maximumSteps: 3, critiques: 1 };
const rewards = [2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 2, 2, 0, 0, -1, -1, -1, -1, 0, 0, 0, 0];

test.each([
  [1, { 2: 0.9685, 1: 0.149, 0: -0.6705, [-1]: -1.4899 }],
  [0, { 2: 0.9912, 1: 0.1525, 0: -0.6862, [-1]: -1.525 }],
])('CAPO of the hand-worked group, ddof %i', async (ddof, advantageOfReward: Record<number, number>) => {
  for (const executor of await testExecutors()) {
    const credit = await creditOf(executor, capo, { ddof, epsilon: 0 }, shape, hand);
    const { R, mean, std } = rowsById(credit);
    expect([...R!.values]).toEqual([...rewards, 0, 0]);
    expect(mean!.values[0]).toBeCloseTo(0.818182, 6);
    expect(std!.values[0]).toBeCloseTo(ddof === 1 ? 1.220319 : 1.192262, 6);
    rewards.forEach((reward, i) => expect(credit.advantages_NT[i]).toBeCloseTo(advantageOfReward[reward]!, 4));
    expect([...credit.advantages_NT.slice(22)]).toEqual([0, 0]);
  }
});

/** One right answer of six tokens: four one-token steps, then two tokens outside every step. */
const vote = (critiques: (number[] | null)[]): CreditSignals => ({
  problem_N: [0], mask_NT: [1, 1, 1, 1, 1, 1], steps_NK: [[[0, 1], [1, 2], [2, 3], [3, 4]]],
  critiques_Nk: [critiques], values: { correct: [1] },
});
test.each([
  ['intersection', [[1, 2, 3], [2, 3], [3], [3]], [0, 0, 0, 1]],
  ['strict_majority', [[1, 2, 3], [2, 3], [3], [3]], [0, 0, 0, 1]],
  ['at_least_half', [[1, 2, 3], [2, 3], [3], [3]], [0, 0, 1, 1]],
  ['union', [[1, 2, 3], [2, 3], [3], [3]], [0, 1, 1, 1]],
  ['fractional', [[1, 2, 3], [2, 3], [3], [3]], [0, 0.25, 0.5, 1]],
  ['strict_majority', [[1, 3], null, [1, 3, 3, 9, -1], [3]], [0, 1, 0, 1]],
  ['intersection', [[1, 3], null, [3], [3]], [0, 0, 0, 1]],
  ['fractional', [[1, 3], null, null, [3]], [0, 0.5, 0, 1]],
  ['intersection', [null, null, null, null], [0, 0, 0, 0]],
  ['at_least_half', [null, null, null, null], [0, 0, 0, 0]],
  ['at_least_half', [[], [], [], []], [0, 0, 0, 0]],
  ['fractional', [null, null, null, null], [0, 0, 0, 0]],
])('%s over critiques %j flags %j', async (rule, critiques, flags) => {
  for (const executor of await testExecutors()) {
    const credit = await creditOf(executor, capo, { rule } as OptionValues, { answers: 1, width: 6, problems: 1, maximumSteps: 5, critiques: 4 }, vote(critiques));
    const { flag, R } = rowsById(credit);
    expect([...flag!.values]).toEqual([...flags, 0]);
    // Tokens 4 and 5 are outside every step: they keep the reward of the answer.
    expect([...R!.values]).toEqual([...flags.map((one) => 2 - one), 2, 2]);
  }
});

test('CAPO gives exactly nothing where nothing differs, and is defined for empty answers and answers without steps', async () => {
  const signals: CreditSignals = {
    problem_N: [0, 0, 0, 1, 2],
    mask_NT: [1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0],
    steps_NK: [[[0, 3]], [], [], [[1, 2]], []],
    critiques_Nk: [[[]], [[0]], [[]], [[0]], [[]]],
    values: { correct: [1, 1, 0, 1, 1] },
  };
  for (const executor of await testExecutors()) {
    const credit = await creditOf(executor, capo, { W: 0.7, P: 0.3, epsilon: 0 }, { answers: 5, width: 3, problems: 3, maximumSteps: 1, critiques: 1 }, signals);
    const { mean, std } = rowsById(credit);
    expect([...credit.advantages_NT.slice(0, 9)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(std!.values[0]).toBe(0);
    expect(mean!.values[0]).toBe(Math.fround(0.7));
    // Alone in its group, yet with a flagged step: rewards 0.7, 0.4, 0.7; sample std 0.3 / sqrt(3).
    [0.57735, -1.154701, 0.57735].forEach((value, t) => expect(credit.advantages_NT[9 + t]).toBeCloseTo(value, 4));
    expect([...credit.advantages_NT.slice(12)]).toEqual([0, 0, 0]);
    expect(mean!.values[2]).toBe(0);
  }
});
