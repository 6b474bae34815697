// Every method on batches that leave it little to work with, on both executors: nothing but numbers, 0 outside the answers, and what
// such a batch is defined to give. (choices.gpu.test.ts runs every choice over one batch that mixes these.)

import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import type { CreditShape } from './builder';
import { testBatch, testShape } from './batchTesting';
import { METHODS } from './methods';
import { SIGNALS, type ValueSignal } from './signals';
import { creditOf } from './testing';
import type { CreditSignals } from './writeSignals';

const { answers, width } = testShape;
const plain = testBatch(21);

/** The batch whose answer n is answer `from(n)` of the plain one, in every signal. */
function gathered(from: (n: number) => number): CreditSignals {
  const order = Array.from({ length: answers }, (_, n) => from(n));
  const rows = (values: ArrayLike<number>, per: number): number[] => order.flatMap((n) => Array.from(values).slice(n * per, (n + 1) * per));
  const values = Object.fromEntries(Object.entries(plain.values!).map(([name, given]) => {
    const { shape } = SIGNALS[name as ValueSignal];
    return [name, shape === 'step' ? order.map((n) => (given as number[][])[n]!) : rows(given as ArrayLike<number>, shape === 'token' ? width : 1)];
  }));
  const lists = <T>(given: readonly T[]): T[] => order.map((n) => given[n]!);
  return {
    problem_N: plain.problem_N, mask_NT: rows(plain.mask_NT, width), tokens_NT: rows(plain.tokens_NT!, width), values,
    steps_NK: lists(plain.steps_NK!), critiques_Nk: lists(plain.critiques_Nk!), states_NK: lists(plain.states_NK!), checks_NKC: lists(plain.checks_NKC!), answerLogprobs_NKL: lists(plain.answerLogprobs_NKL!),
  };
}

const firstOf = (problem: number): number => Array.from(plain.problem_N).findIndex((one, n) => one === problem && n > 9);
const constant = (value: number) => new Float32Array(answers).fill(value);
const steps = (value: number) => plain.steps_NK!.map((row) => row.map(() => value));

const batches: Readonly<Record<string, { readonly signals: CreditSignals; readonly shape?: CreditShape }>> = {
  'empty answers alone': { signals: { ...plain, mask_NT: new Uint8Array(answers * width) } },
  'answers without steps': {
    signals: {
      ...plain, steps_NK: plain.steps_NK!.map(() => []), critiques_Nk: plain.critiques_Nk!.map((row) => row.map(() => [])),
      values: Object.fromEntries(Object.entries(plain.values!).map(([name, given]) => [name, SIGNALS[name as ValueSignal].shape === 'step' ? plain.steps_NK!.map(() => []) : given])),
    },
  },
  'groups of one': { signals: { ...plain, problem_N: Array.from({ length: answers }, (_, n) => n) }, shape: { ...testShape, problems: answers } },
  'a batch of one token': {
    signals: { ...gathered(() => 10), problem_N: [0], mask_NT: [1], tokens_NT: [1], steps_NK: [[[0, 1]]], critiques_Nk: [[[0]]], states_NK: [['q']], checks_NKC: [[[0, 1, 0]]], answerLogprobs_NKL: [[[-1, -1], [-1, -1]]],
      values: Object.fromEntries((Object.keys(SIGNALS) as ValueSignal[]).map((name) => [name, SIGNALS[name].shape === 'step' ? [[1]] : [1]])) },
    shape: { ...testShape, answers: 1, width: 1, problems: 1, maximumSteps: 1 },
  },
  'identical answers': { signals: gathered((n) => firstOf(Number(plain.problem_N[n]) === 4 ? 0 : Number(plain.problem_N[n]))) },
  'equal rewards': { signals: { ...plain, values: { ...plain.values, outcome: constant(0.7), correct: constant(1), stepCorrect: steps(1) } } },
};

test.each(METHODS.map((method) => [method.name, method] as const))('%s', async (_, method) => {
  for (const executor of await testExecutors()) {
    for (const [said, { signals, shape = testShape }] of Object.entries(batches)) {
      const { rows, advantages_NT } = await creditOf(executor, method, {}, shape, signals);
      for (const row of rows) expect(row.values.every((one) => Number.isFinite(one)), `${said}: ${row.id}`).toBe(true);
      expect(advantages_NT.some((one, i) => signals.mask_NT[i] === 0 && one !== 0), `${said}: credit outside answers`).toBe(false);
      if (said === 'identical answers') {
        for (let problem = 0; problem < 4; problem++) {
          const same = Array.from({ length: answers }, (__, n) => n).filter((n) => signals.problem_N[n] === problem).map((n) => [...advantages_NT.subarray(n * width, (n + 1) * width)].join());
          expect(same.length).toBeGreaterThan(1);
          expect(new Set(same).size, `${said}: one credit for all`).toBe(1);
        }
      }
    }
  }
});

/** Methods that know nothing but outcomes compared within a group: where these do not differ there is nothing to say. */
test.each(['grpo', 'rloo', 'dr_grpo', 'opo', 'gpg', 'passk', 'tempo', 'treeps', 'branchgrpo', 'rose'])('%s gives exactly nothing to groups of one, identical answers and equal rewards', async (name) => {
  const method = METHODS.find((one) => one.name === name)!;
  for (const executor of await testExecutors()) {
    for (const said of ['groups of one', 'identical answers', 'equal rewards']) {
      const { signals, shape = testShape } = batches[said]!;
      const { advantages_NT } = await creditOf(executor, method, {}, shape, signals);
      expect(advantages_NT.some((one) => one !== 0), said).toBe(false);
    }
  }
});
