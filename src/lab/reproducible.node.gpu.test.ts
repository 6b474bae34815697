// The same seed on the same executor gives the same records, bit for bit, from the public policy with the real engine;
// the first mini-batch's ratio is 1; and both executors tell nearly the same story.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { openDevice } from '../gpu/device';
import type { Executor } from '../gpu/executor';
import { WebGpuExecutor } from '../gpu/webgpuExecutor';
import { makeEnginePolicy } from './makeEnginePolicy';
import { prepareRun } from './prepareRun';
import { readConfiguration } from './readConfiguration';
import type { UpdateRecord } from './record';

const UPDATES = 2;
const configuration = readConfiguration({
  method: 'capo', problemsPerUpdate: 3, answersPerProblem: 3, microbatchAnswers: 4, testProblems: 7, testEvery: 2,
  critic: { falsePositive: 0.05, missing: 0.1 }, loss: { epochs: 2, minibatches: 2, klKind: 'k3', klWeight: 0.01, entropyBonus: 0.001 },
});

async function records(executor: Executor): Promise<{ accuracy: number | undefined; updates: UpdateRecord[] }> {
  const run = await prepareRun({
    configuration, executor, makePolicy: makeEnginePolicy, files: async (name) => new Uint8Array(readFileSync(`public/models/chain/${name}`)),
    watchedAnswers: 3, clock: () => 0,
  });
  const updates: UpdateRecord[] = [];
  for (let i = 0; i < UPDATES; i++) updates.push(await run.nextUpdate());
  // the first line of a run names the variant of every kernel that the run then uses
  expect(run.header.kernelChoice).toEqual(executor.kernelChoice);
  executor.destroy();
  return { accuracy: run.header.startAccuracy, updates };
}

const executors: [string, () => Promise<Executor>][] = [
  ['webgpu', async () => new WebGpuExecutor(await openDevice(globalThis.creditscopeGpu))],
  ['wasm SIMD', async () => new CpuExecutor({ useSimd: true })],
];

const firstRuns = new Map<string, ReturnType<typeof records>>();
async function firstRun(name: string, open: () => Promise<Executor>): ReturnType<typeof records> {
  if (!firstRuns.has(name)) firstRuns.set(name, records(await open()));
  return firstRuns.get(name)!;
}

test.each(executors)('%s: the same run twice', async (name, open) => {
  const first = await firstRun(name, open);
  expect(await records(await open())).toEqual(first);
  for (const { gradient } of first.updates) expect(gradient.firstRatioError).toBeLessThan(1e-5);
});

test('micro-batches change nothing but rounding', async () => {
  const { updates } = await firstRun(...executors[1]!);
  const run = await prepareRun({
    configuration: { ...configuration, microbatchAnswers: 0 }, executor: new CpuExecutor({ useSimd: true }), makePolicy: makeEnginePolicy,
    files: async (name) => new Uint8Array(readFileSync(`public/models/chain/${name}`)), watchedAnswers: 0, clock: () => 0,
  });
  const { line, gradient } = await run.nextUpdate();
  expect(line.gradNorm).toBeCloseTo(updates[0]!.line.gradNorm, 4);
  expect(gradient.loss).toBeCloseTo(updates[0]!.gradient.loss, 5);
});

test('both executors sample the same first answers and score them alike', async () => {
  const [gpu, cpu] = [await firstRun(...executors[0]!), await firstRun(...executors[1]!)];
  const [a, b] = [gpu.updates[0]!, cpu.updates[0]!];
  expect(a.sample.tokens_NT).toEqual(b.sample.tokens_NT);
  a.score.oldLogprobs_NT.forEach((one, i) => expect(Math.abs(one - b.score.oldLogprobs_NT[i]!)).toBeLessThan(1e-4));
  expect(a.line.gradNorm).toBeCloseTo(b.line.gradNorm, 3);
});
