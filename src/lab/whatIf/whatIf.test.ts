import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunFile } from '../../formats/runFile';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import { readConfiguration } from '../readConfiguration';
import type { CreditRecord, CritiqueRecord } from '../record';
import type { Edit } from './edits';
import { whatIf, type CreditedUpdate, type WhatIfResult } from './whatIf';

const run = (method: string, methodParameters: object, update: CreditedUpdate, edits: readonly Edit[]): Promise<WhatIfResult> =>
  whatIf(new CpuExecutor(), readConfiguration({ method, methodParameters, loss: { klKind: 'none' } }), update, edits);
const rowOf = ({ rows }: CreditRecord, id: string): number[] => [...rows.find((row) => row.id === id)!.values];

/** One problem; each answer is as long as `lengths` says, in three columns. */
function update(lengths: readonly number[], outcomes: readonly number[], critique: Pick<CritiqueRecord, 'steps_NK' | 'critiques_Nk'>): CreditedUpdate {
  const [answers, width] = [lengths.length, 3];
  const row = new Float32Array(answers * width).fill(-1);
  return {
    update: 1,
    sample: {
      problems_P: [{ prompt: '1+1:', answer: '2' }], answers, width, problem_N: new Uint32Array(answers), tokens_NT: new Uint32Array(answers * width),
      lengths_N: Uint32Array.from(lengths), finished_N: new Uint8Array(answers).fill(1), samplerLogprobs_NT: row,
    },
    score: { outcome_N: Float32Array.from(outcomes), oldLogprobs_NT: row, entropy_NT: row, samplerGap: 0 },
    critique: { ...critique, isCorrect_NK: critique.steps_NK.map((steps) => steps.map(() => true)), canReachAnswer_NK: critique.steps_NK.map((steps) => steps.map(() => true)) },
    credit: { method: '', rows: [], advantages_NT: row },
  };
}

describe('GRPO, four answers of which the second is turned from wrong to right', () => {
  const four = update([3, 1, 2, 3], [1, 0, 0, 1], { steps_NK: [[], [], [], []], critiques_Nk: [[], [], [], []] });
  const parameters = { std: 'group', ddof: 1, epsilon: 0 };

  it('has mean 3/4 and spread 1/2, so advantages of +0.5 and −1.5', async () => {
    const { score, credit } = await run('grpo', parameters, four, [{ kind: 'outcome', answer: 1, value: 1 }]);
    expect([...score.outcome_N]).toEqual([1, 1, 0, 1]);
    expect(rowOf(credit, 'mean')).toEqual([0.75]);
    expect(rowOf(credit, 'std')[0]).toBeCloseTo(0.5, 6);
    [0.5, 0.5, 0.5, 0.5, 0, 0, -1.5, -1.5, 0, 0.5, 0.5, 0.5].forEach((advantage, i) => expect(credit.advantages_NT[i]).toBeCloseTo(advantage, 5));
  });

  it('pulls at a token by its advantage over the number of tokens, the other way', async () => {
    const { coefficient_NT } = await run('grpo', parameters, four, [{ kind: 'outcome', answer: 1, value: 1 }]);
    [-0.5, -0.5, -0.5, -0.5, 0, 0, 1.5, 1.5, 0, -0.5, -0.5, -0.5].forEach((coefficient, i) => expect(coefficient_NT[i]).toBeCloseTo(coefficient / 9, 6));
  });

  it('without an edit has mean 1/2 and spread 1/√3', async () => {
    const { credit } = await run('grpo', parameters, four, []);
    expect(rowOf(credit, 'std')[0]).toBeCloseTo(1 / Math.sqrt(3), 6);
    expect(credit.advantages_NT[0]).toBeCloseTo(Math.sqrt(3) / 2, 5);
  });

  it('a number changed in the middle stays, and later lines follow', async () => {
    const { credit } = await run('grpo', parameters, four, [{ kind: 'number', row: 'std', answer: 2, token: 0, value: 2 }]);
    expect(rowOf(credit, 'std')).toEqual([2]);
    expect(rowOf(credit, 'mean')).toEqual([0.5]);
    expect(credit.advantages_NT[0]).toBeCloseTo(0.25, 6);
  });
});

describe('CAPO, two answers, both critiques needed for a flag', () => {
  const two = update([3, 2], [1, 0], { steps_NK: [[[0, 2], [2, 3]], [[0, 2]]], critiques_Nk: [[[1], []], [[0], [0], null]] });
  const parameters = { W: 2, P: 1, rule: 'intersection', ddof: 1, epsilon: 0 };

  it('one more flag takes the penalty from the tokens of that step', async () => {
    const { credit, critique } = await run('capo', parameters, two, [{ kind: 'flag', answer: 0, critique: 1, step: 1, isFlagged: true }]);
    expect(critique.critiques_Nk[0]).toEqual([[1], [1]]);
    expect(rowOf(credit, 'R')).toEqual([2, 2, 1, -1, -1, 0]);
    // mean 3/5, squared distances 1.96 + 1.96 + 0.16 + 2.56 + 2.56 = 9.2 over 4
    const spread = Math.sqrt(9.2 / 4);
    expect(rowOf(credit, 'mean')[0]).toBeCloseTo(0.6, 6);
    expect(rowOf(credit, 'std')[0]).toBeCloseTo(spread, 6);
    [1.4, 1.4, 0.4, -1.6, -1.6, 0].forEach((distance, i) => expect(credit.advantages_NT[i]).toBeCloseTo(distance / spread, 5));
  });

  it('a token’s reward, changed by itself, moves mean and spread', async () => {
    const { credit } = await run('capo', parameters, two, [{ kind: 'number', row: 'R', answer: 0, token: 0, value: 7 }]);
    // 7, 2, 2, −1, −1: mean 9/5, squared distances 27.04 + 0.04 + 0.04 + 7.84 + 7.84 = 42.8 over 4
    expect(rowOf(credit, 'R')).toEqual([7, 2, 2, -1, -1, 0]);
    expect(credit.advantages_NT[0]).toBeCloseTo(5.2 / Math.sqrt(42.8 / 4), 5);
    expect(credit.advantages_NT[4]).toBeCloseTo(-2.8 / Math.sqrt(42.8 / 4), 5);
  });

  it('refuses what is not there, in a sentence', async () => {
    await expect(run('capo', parameters, two, [{ kind: 'flag', answer: 1, critique: 2, step: 0, isFlagged: true }])).rejects.toThrow('no flag to change at answer 2');
    await expect(run('capo', parameters, two, [{ kind: 'outcome', answer: 2, value: 1 }])).rejects.toThrow('no outcome to change');
    await expect(run('capo', parameters, two, [{ kind: 'number', row: 'nothing', answer: 0, token: 0, value: 1 }])).rejects.toThrow('Line nothing');
    await expect(run('capo', parameters, two, [{ kind: 'number', row: 'R', answer: 0, token: 0, value: Number.NaN }])).rejects.toThrow(RangeError);
  });
});

it.each(['igpo', 'a2tgpo', 'likelihood', 'rlpr', 'p2s'])('says of %s what a record does not hold, who made it, and what works instead', async (method) => {
  const two = update([1, 1], [1, 0], { steps_NK: [[], []], critiques_Nk: [[], []] });
  const said = await run(method, {}, two, []).then(() => '', (error: unknown) => String(error));
  expect(said).toMatch(new RegExp(`What if is not possible with method ${method}: it asked for “.+” \\(.+\\), made by forward passes of the policy over the reference answer after every step\\. `));
  expect(said).toMatch(/the policy that was asked is no longer there.*such as GRPO and CAPO: choose one/);
});

it('of the run that ships with the page, with nothing changed, is what training computed', async () => {
  const { header, updates } = readRunFile(readFileSync(join(import.meta.dirname, '../../../public/runs/default.json'), 'utf8'));
  const executor = new CpuExecutor();
  for (const one of [updates[0]!, updates.at(-1)!]) {
    const { credit, coefficient_NT } = await whatIf(executor, header.configuration, { ...one, update: one.line.update }, []);
    expect(credit.rows.map(({ id }) => id)).toEqual(one.credit.rows.map(({ id }) => id));
    // the file keeps three digits of the numbers that come out: half of the last is at most 0.5 %
    const compare = (ours: Float32Array, recorded: Float32Array): void => recorded.forEach((value, i) => expect(Math.abs(ours[i]! - value)).toBeLessThanOrEqual(5e-3 * Math.abs(value)));
    compare(credit.advantages_NT, one.credit.advantages_NT);
    compare(coefficient_NT, one.gradient.coefficient_NT);
    expect(coefficient_NT.filter((value) => value !== 0).length).toBeGreaterThan(100);
  }
});
