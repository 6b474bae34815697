// Programs on random batches, on both executors: each line is what its formula says at every place, and the invariants
// of credit hold.

import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import { OPERATIONS, type Operation } from '../kernels/credit/elementwise';
import type { CreditRecord, CreditRow } from '../lab/record';
import { testBatch as batch, testShape as shape } from './batchTesting';
import type { CreditMethod } from './method';
import { parseFormula, type Expression } from './formula';
import { findMethod, METHODS } from './methods';
import { creditOf, rowsById } from './testing';
import type { CreditSignals } from './writeSignals';

/** The row's number over a token, the way a reader would look it up. */
function at(row: CreditRow, signals: CreditSignals, n: number, t: number): number {
  const step = signals.steps_NK![n]!.findIndex(([start, end]) => t >= start && t < end);
  switch (row.shape) {
    case 'scalar': return row.values[0]!;
    case 'problem': return row.values[signals.problem_N[n]!]!;
    case 'answer': return row.values[n]!;
    case 'step': return step < 0 ? 0 : row.values[n * shape.maximumSteps + step]!;
    case 'token': return row.values[n * shape.width + t]!;
  }
}

/** A formula's value, walked without the builder; each operation's own meaning is tested with its kernel. */
function evaluate(expression: Expression, numberOf: (name: string) => number): number {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'name') return numberOf(expression.name);
  const [a = 0, b = 0, c = 0] = expression.operands.map((one) => evaluate(one, numberOf));
  return (OPERATIONS[expression.operation] as Operation).apply(a, b, c);
}

/** Undefined where the formula is a sentence. */
function arithmetic(formula: string): Expression | undefined {
  try {
    return parseFormula(formula);
  } catch {
    return undefined;
  }
}

const settings: [string, Record<string, string | number>][] = [
  ['grpo', {}], ['grpo', { groupOfOne: 'keep' }], ['grpo', { std: 'batch', groupOfOne: 'keep' }], ['grpo', { std: 'none' }], ['capo', {}], ['capo', { rule: 'strict_majority' }], ['capo', { rule: 'fractional', ddof: 0 }],
  ['rloo', { normalize: 'batch' }], ['dapo', {}], ['reinforce_pp', { klWeight: 0.1, gamma: 0.9 }], ['reinforce_pp_baseline', {}], ['ppo', { end: 'given' }], ['remax', { rewards: 'given' }],
  ['opo', { groupOfOne: 'keep' }], ['gpg', {}], ['passk', {}],
  ['pure', { klWeight: 0.1, zeroStepEnds: 'yes' }], ['pure', { baseline: 'step' }], ['pure', { baseline: 'verl', credit: 'sum' }], ['prime', {}], ['qrm', { klWeight: 0.1, valueWeight: 0.1, lastToken: 'mean' }],
  ['istar', {}], ['ucas', {}], ['hicra', {}], ['hicra', { marks: 'uncertain' }], ['rhythm', {}], ['rhythm', { mode: 'local' }], ['tp_grpo', {}], ['verpo', {}], ['clip_delta', {}], ['decs', {}],
  ['grounded_prm', {}], ['sar', {}], ['matchtir', {}], ['brpo', { prior: 'linear' }], ['vpr', {}], ['vpr', { form: 'return' }], ['knapsack', {}],
];
test.each(settings)('%s %j: each line is what its formula says at every token', async (name, parameters) => {
  const signals = batch(7);
  for (const executor of await testExecutors()) {
    const credit = await creditOf(executor, findMethod(name), parameters, shape, signals);
    let compared = 0;
    for (const row of credit.rows) {
      const formula = arithmetic(row.formula);
      if (formula === undefined) continue;
      for (let n = 0; n < shape.answers; n++) {
        for (let t = 0; t < shape.width; t++) {
          const isInside = signals.mask_NT[n * shape.width + t] === 1 && (row.shape !== 'step' || signals.steps_NK![n]!.some(([start, end]) => t >= start && t < end));
          if (!isInside) continue;
          const expected = evaluate(formula, (used) => (row.inputs[used] === undefined ? (row.parameters[used] as number) : at(rowsById(credit)[row.inputs[used]]!, signals, n, t)));
          expect(Math.abs(at(row, signals, n, t) - expected), `${row.id} at ${n}, ${t}`).toBeLessThanOrEqual(1e-4 * Math.max(1, Math.abs(expected)));
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(80);
  }
});

/** Sum over the problem's answers, one number an answer. */
const sums = (credit: CreditRecord, signals: CreditSignals): number[] => {
  const totals = new Array<number>(shape.problems).fill(0);
  rowsById(credit)['A']!.values.forEach((value, n) => { totals[signals.problem_N[n]!]! += value; });
  return totals;
};

test.each([['grpo', {}], ['grpo', { std: 'none' }], ['grpo', { std: 'batch' }], ['rloo', {}], ['gpg', {}], ['dapo', {}]])('%s %j: the advantages of a group sum to zero', async (name, parameters) => {
  for (const seed of [1, 2, 3]) {
    const signals = batch(seed);
    for (const executor of await testExecutors()) {
      const credit = await creditOf(executor, findMethod(name), parameters, shape, signals);
      expect(Math.max(...rowsById(credit)['A']!.values)).toBeGreaterThan(0.1);
      for (const sum of sums(credit, signals)) expect(Math.abs(sum)).toBeLessThan(2e-5);
    }
  }
});

test('CAPO: the advantages of all tokens of a problem sum to zero and have a spread of one', async () => {
  const signals = batch(4);
  for (const executor of await testExecutors()) {
    const { advantages_NT } = await creditOf(executor, findMethod('capo'), { rule: 'union', ddof: 0 }, shape, signals);
    for (let problem = 0; problem < 5; problem++) {
      const tokens = [...advantages_NT].filter((_, i) => signals.mask_NT[i] === 1 && signals.problem_N[Math.floor(i / shape.width)] === problem);
      expect(Math.abs(tokens.reduce((sum, one) => sum + one, 0))).toBeLessThan(1e-4);
      const square = tokens.reduce((sum, one) => sum + one * one, 0) / tokens.length;
      expect(Math.min(Math.abs(square - 1), Math.abs(square))).toBeLessThan(1e-4);
    }
  }
});

test.each(METHODS.map((method) => [method.name, method] as const))('%s: finite everywhere, and 0 outside the answers', async (_, method: CreditMethod) => {
  const signals = batch(5);
  for (const executor of await testExecutors()) {
    const credit = await creditOf(executor, method, {}, shape, signals);
    for (const row of credit.rows) expect(row.values.every((one) => Number.isFinite(one)), row.id).toBe(true);
    credit.advantages_NT.forEach((value, i) => { if (signals.mask_NT[i] === 0) expect(value).toBe(0); });
    expect(credit.advantages_NT.some((value) => value !== 0)).toBe(true);
  }
});

test('equal rewards 0.7 give exactly nothing under every group method, whatever epsilon is', async () => {
  const signals = batch(6);
  for (const executor of await testExecutors()) {
    for (const [name, parameters] of [['grpo', { epsilon: 0 }], ['grpo', { std: 'none' }], ['rloo', {}], ['opo', {}], ['gpg', {}], ['passk', { epsilon: 0 }]] as const) {
      const { advantages_NT } = await creditOf(executor, findMethod(name), parameters, shape, signals);
      expect(signals.problem_N).toContain(3);
      advantages_NT.forEach((value, i) => { if ([3, 4].includes(signals.problem_N[Math.floor(i / shape.width)]!)) expect(Math.abs(value)).toBe(0); });
    }
  }
});

test('a step signal reaches the tokens of its step and no others', async () => {
  const byStep: CreditMethod = {
    ...findMethod('grpo'), name: 'by-step', needs: ['stepCorrect'], parameters: [],
    program: (c) => ({ advantages: c.signal('stepCorrect'), rowMask: c.line('kept', 'Kept', '1', { shape: 'answer' }) }),
  };
  const signals: CreditSignals = {
    problem_N: [0, 0], mask_NT: [1, 1, 1, 1, 1, 0, 0, 0], steps_NK: [[[1, 2], [2, 3]], [[0, 4]]], values: { stepCorrect: [[1, 2], [3]] },
  };
  for (const executor of await testExecutors()) {
    const { advantages_NT, rows } = await creditOf(executor, byStep, {}, { answers: 2, width: 4, problems: 1, maximumSteps: 2, critiques: 0 }, signals);
    expect([...advantages_NT]).toEqual([0, 1, 2, 0, 3, 0, 0, 0]);
    expect(rows.map((row) => row.id)).toEqual(['stepCorrect', 'kept', 'advantage']);
  }
});

test('a program that uses a signal it does not declare, or a name twice, is refused', async () => {
  const base = findMethod('grpo');
  const shapes = { answers: 1, width: 1, problems: 1, maximumSteps: 1, critiques: 0 };
  const signals: CreditSignals = { problem_N: [0], mask_NT: [1], values: { outcome: [1] } };
  const [executor] = await testExecutors();
  await expect(creditOf(executor, { ...base, needs: [] }, {}, shapes, signals)).rejects.toThrow(/uses signal outcome without listing it/);
  const twice: CreditMethod = { ...base, program: (c) => { c.signal('outcome', 'R'); return { advantages: c.line('R', 'again', '{R}') }; } };
  await expect(creditOf(executor, twice, {}, shapes, signals)).rejects.toThrow(/defines R twice/);
  const unknown: CreditMethod = { ...base, program: (c) => ({ advantages: c.line('A', 'A', '{nobody}') }) };
  await expect(creditOf(executor, unknown, {}, shapes, signals)).rejects.toThrow(/no number parameter nobody/);
});
