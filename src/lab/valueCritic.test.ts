// Runs of method ppo from the shipped policy: what the value model is told and says, two executors against one, and the
// needs of credit methods that a run cannot meet.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { makeEnginePolicy } from './makeEnginePolicy';
import { needsValueModel } from './phases/needs';
import { prepareRun } from './prepareRun';
import { readConfiguration } from './readConfiguration';
import type { UpdateRecord } from './record';
import { engineValueCritic, type ValueCritic } from './valueCritic';

const configurationOf = (fields: object = {}) => readConfiguration({
  method: 'ppo', problemsPerUpdate: 2, answersPerProblem: 3, microbatchAnswers: 4, testProblems: 2, loss: { minibatches: 2, klKind: 'none', klWeight: 0 }, ...fields,
});
const files = async (name: string) => new Uint8Array(readFileSync(`public/models/chain/${name}`));
const open = () => new CpuExecutor({ useSimd: true });

async function prepared(executor: CpuExecutor, values: ValueCritic | undefined, fields: object = {}) {
  return prepareRun({ configuration: configurationOf(fields), executor, files, values, makePolicy: makeEnginePolicy, watchedAnswers: 2, clock: () => 0 });
}

async function updatesOf(count: number, isShared: boolean): Promise<UpdateRecord[]> {
  const executor = open();
  const run = await prepared(executor, await engineValueCritic(isShared ? executor : open(), configurationOf(), files));
  const updates: UpdateRecord[] = [];
  while (updates.length < count) updates.push(await run.nextUpdate());
  return updates;
}

test('two executors in one process give what one gives, bit for bit', async () => {
  const apart = await updatesOf(3, false);
  expect(apart.some(({ valueModel }) => valueModel!.gradientNorm > 0)).toBe(true);
  expect(await updatesOf(3, true)).toEqual(apart);
});

test('values of the zero head are 0; later ones are not, and the record says what was learned', async () => {
  const [first, second] = await updatesOf(2, false);
  const row = ({ credit }: UpdateRecord, id: string) => credit.rows.find((one) => one.id === id)!.values;
  expect(row(first!, 'V').every((one) => one === 0)).toBe(true);
  expect(row(second!, 'V').some((one) => one !== 0)).toBe(true);
  expect(first!.credit.valueTargets).toBe('returns');
  for (const { line, valueModel } of [first!, second!]) {
    expect(Object.keys(valueModel!)).toEqual(['loss', 'clipShare', 'gradientNorm', 'explainedVariance']);
    expect(line.explainedVariance).toBe(valueModel!.explainedVariance);
  }
});

test('the value model is asked and taught once an update, with the values it gave and the targets that GAE made of them', async () => {
  const told: { update: number; values_NT: Float32Array; targets_NT: Float32Array }[] = [];
  const critic: ValueCritic = {
    score: async (sample, update) => Float32Array.from({ length: sample.answers * sample.width }, (_, i) => (i % sample.width < sample.lengths_N[Math.floor(i / sample.width)]! ? update / 8 : 0)),
    learn: async (_, update, values_NT, targets_NT) => {
      told.push({ update, values_NT, targets_NT });
      return { loss: 0, clipShare: 0, gradientNorm: 0, explainedVariance: update / 4 };
    },
    readState: () => Promise.reject(new Error('not asked')),
    kernelChoice: { 'linalg/matmul_nt': 'simple' },
  };
  const run = await prepared(open(), critic, { methodParameters: { gamma: 1, lambda: 1 } });
  const updates = [await run.nextUpdate(), await run.nextUpdate()];
  expect(updates.map(({ line }) => line.explainedVariance)).toEqual([0.25, 0.5]);
  expect(run.header.kernelChoice, 'the processor has no choice to make').toEqual({ 'value/linalg/matmul_nt': 'simple' });
  expect(told.map(({ update }) => update)).toEqual([1, 2]);
  told.forEach(({ values_NT, targets_NT }, at) => {
    const { sample: { lengths_N, width }, score: { outcome_N } } = updates[at]!;
    lengths_N.forEach((length, n) => {
      for (let t = 0; t < length; t++) {
        expect(values_NT[n * width + t]).toBe((at + 1) / 8);
        // without discount every token's return is the answer's outcome
        expect(targets_NT[n * width + t]).toBeCloseTo(outcome_N[n]!, 6);
      }
    });
  });
});

test('explained variance is null in the line of a method without a value model', async () => {
  const { line, valueModel } = await (await prepared(open(), undefined, { method: 'grpo' })).nextUpdate();
  expect([line.explainedVariance, valueModel]).toEqual([null, undefined]);
});

test('which methods need a value model, and which needs are refused before anything is built', async () => {
  expect(needsValueModel(configurationOf())).toBe(true);
  expect(needsValueModel(configurationOf({ method: 'capo' }))).toBe(false);
  const attempt = (fields: object) => prepared(open(), undefined, fields);
  await expect(attempt({})).rejects.toThrow(/^Method ppo needs the signal “Value” .*no value model trains here; npm run lab -- train/);
  await expect(attempt({ method: 'reinforce_pp', methodParameters: { klWeight: 0.1 } })).rejects.toThrow(/^Method reinforce_pp needs the signal .*loss\.klKind/);
});
