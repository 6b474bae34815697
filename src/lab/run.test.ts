// A whole run on a policy of one softmax: order of the phases, the line of an update, reproducibility, and stopping.

import { expect, test } from 'vitest';
import { writeHuggingFaceConfig } from '../formats/huggingFaceConfig';
import { writeSafetensors } from '../formats/safetensors';
import { writeTokenizer } from '../formats/tokenizerFile';
import { CpuExecutor } from '../gpu/cpuExecutor';
import type { ModelConfig } from '../model/config';
import { chain } from '../tasks/chain';
import { FakePolicy } from './fakePolicyTesting';
import { heldOutProblems } from './heldOut';
import { initialWeights } from './initialWeights';
import { NonFiniteError } from './nonFinite';
import { prepareRun } from './prepareRun';
import { readConfiguration } from './readConfiguration';
import { PHASES } from './record';

const task = chain.create();
const CONFIG: ModelConfig = {
  family: 'llama', hiddenSize: 4, layers: 1, heads: 1, kvHeads: 1, headDim: 4, intermediateSize: 4, vocabularySize: task.alphabet.length,
  ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: true, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 64,
};

function files(config: ModelConfig = CONFIG, characters = task.alphabet.slice(2)) {
  const encoder = new TextEncoder();
  const contents: Record<string, Uint8Array> = {
    'config.json': encoder.encode(writeHuggingFaceConfig(config, { padding: 0, stop: 1 })),
    'model.safetensors': writeSafetensors(initialWeights(config, 1)),
    'tokenizer.json': encoder.encode(writeTokenizer(characters)),
  };
  return async (name: string) => contents[name] ?? Promise.reject(new Error(`no ${name}`));
}

async function prepared(fields: object = {}, watchedAnswers = 0) {
  let ticks = 0;
  let model: FakePolicy | undefined;
  const run = await prepareRun({
    configuration: readConfiguration({ problemsPerUpdate: 2, answersPerProblem: 3, testProblems: 5, testEvery: 2, ...fields }),
    executor: new CpuExecutor(), files: files(), watchedAnswers, clock: () => ticks++,
    makePolicy: async (_, config, { promptLength, answerLength }) => (model = new FakePolicy(config, promptLength, answerLength)),
  });
  return { run, model: model! };
}

test('phases come in order, each adds its record, and the last completes the update', async () => {
  const { run } = await prepared({}, 3);
  const seen: string[] = [];
  for (const phase of PHASES) {
    expect(run.upcomingPhase).toBe(phase);
    const done = await run.nextPhase();
    seen.push(done.phase);
    expect(done.update).toBe(1);
    expect(Object.keys(done.record)).toContain(phase === 'update' ? 'after' : phase);
    expect(done.complete !== undefined).toBe(phase === 'update');
  }
  expect(seen).toEqual(PHASES);
  expect(run.updates).toBe(1);
});

test('the line has the keys that were promised; accuracy is tested at the start and every second update', async () => {
  const { run } = await prepared();
  expect(run.header.startAccuracy).toBe(0);
  const lines = [(await run.nextUpdate()).line, (await run.nextUpdate()).line, (await run.nextUpdate()).line];
  expect(Object.keys(lines[0]!)).toEqual(['update', 'reward', 'accuracy', 'entropy', 'kl', 'clipShare', 'gradNorm', 'gradNormByLayer', 'noSignalShare', 'samplerGap', 'explainedVariance', 'seconds']);
  expect(lines.map((line) => line.update)).toEqual([1, 2, 3]);
  expect(lines.map((line) => line.accuracy)).toEqual([null, 0, null]);
  expect(lines[0]!.seconds).toEqual({ sample: 1, score: 1, critique: 1, credit: 1, gradient: 1, update: 1, test: 1 });
  expect(lines[0]!.entropy).toBeCloseTo(Math.log(task.alphabet.length), 5);
});

test('with several steps an update, norms by layer are means as the whole norm is', async () => {
  const { run } = await prepared({ loss: { epochs: 2, minibatches: 2 } });
  // the whole gradient of this policy is one layer
  for (const { line } of [await run.nextUpdate(), await run.nextUpdate()]) expect(line.gradNormByLayer).toEqual([line.gradNorm]);
});

test('the same configuration gives the same numbers; another seed others', async () => {
  const linesOf = async (seed: number) => {
    const { run } = await prepared({ seed, method: 'capo', critic: { falsePositive: 0.1, missing: 0.1 }, loss: { epochs: 2, minibatches: 2 } });
    return JSON.stringify([await run.nextUpdate(), await run.nextUpdate()]);
  };
  expect(await linesOf(1)).toBe(await linesOf(1));
  expect(await linesOf(1)).not.toBe(await linesOf(2));
});

test('a non-finite number stops the run for good', async () => {
  const { run, model } = await prepared();
  await run.nextUpdate();
  model.planted = { tensor: 'model.norm.weight.gradient', index: 2 };
  await expect(run.nextUpdate()).rejects.toThrow(new NonFiniteError('model.norm.weight.gradient', 2, 2));
  model.planted = undefined;
  await expect(run.nextPhase()).rejects.toThrow('the run has stopped');
});

test('a policy with another alphabet, vocabulary or too few positions is refused', async () => {
  const prepare = (config: ModelConfig, characters?: string[]) => prepareRun({
    configuration: readConfiguration({}), executor: new CpuExecutor(), files: files(config, characters), watchedAnswers: 0, clock: () => 0,
    makePolicy: async (_, made, { promptLength, answerLength }) => new FakePolicy(made, promptLength, answerLength),
  });
  await expect(prepare({ ...CONFIG, vocabularySize: 4 }, ['a', 'b'])).rejects.toThrow(/policy chain: writes "ab"; task chain needs "0123456789/);
  await expect(prepare({ ...CONFIG, vocabularySize: 30 })).rejects.toThrow(/vocabulary of 30; its tokenizer has 18 tokens/);
  await expect(prepare({ ...CONFIG, maximumPositions: 20 })).rejects.toThrow(/holds 20 positions/);
});

test('held-out problems are distinct, of the test split, and the same for every run', () => {
  const problems = heldOutProblems(task, 256);
  expect(new Set(problems.map((one) => one.prompt)).size).toBe(256);
  expect(heldOutProblems(task, 256)).toEqual(problems);
  expect(heldOutProblems(chain.create({ operations: 1, operators: '+' }), 256).length).toBeLessThan(30);
});
