// A run that is stopped, written to a file, read and gone on with equals the unbroken one, bit for bit.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeHuggingFaceConfig } from '../formats/huggingFaceConfig';
import { writeRunState } from '../formats/runStateFile';
import { writeSafetensors } from '../formats/safetensors';
import { writeTokenizer } from '../formats/tokenizerFile';
import { CpuExecutor } from '../gpu/cpuExecutor';
import type { Executor } from '../gpu/executor';
import type { ModelConfig } from '../model/config';
import { chain } from '../tasks/chain';
import { initialWeights } from './initialWeights';
import { makeEnginePolicy } from './makeEnginePolicy';
import { prepareRun } from './prepareRun';
import { readConfiguration } from './readConfiguration';
import type { UpdateLine } from './record';
import type { Run } from './run';
import { joinKernelChoice, openRunState, splitKernelChoice, type RunState } from './runState';
import { engineValueCritic } from './valueCritic';

const UPDATES = 5;
const task = chain.create();
const model: ModelConfig = {
  family: 'llama', hiddenSize: 8, layers: 1, heads: 2, kvHeads: 1, headDim: 4, intermediateSize: 12, vocabularySize: task.alphabet.length,
  ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 64,
};
/** Everything that a resumed run could get wrong: moments, bias correction, schedule, reference, mini-batches, noise of the critic. */
const configuration = readConfiguration({
  method: 'capo', problemsPerUpdate: 2, answersPerProblem: 3, testProblems: 3, testEvery: 2, microbatchAnswers: 4, critic: { falsePositive: 0.2, missing: 0.1 },
  loss: { epochs: 2, minibatches: 2, klKind: 'k3', klWeight: 0.1, entropyBonus: 0.05 }, optimizer: { schedule: 'cosine', warmupUpdates: 2, scheduleUpdates: 6, weightDecay: 0.01, learningRate: 0.01 },
});

/** The same for a value model: its moments, steps and mini-batches. */
const ppo = readConfiguration({
  method: 'ppo', problemsPerUpdate: 2, answersPerProblem: 3, testProblems: 3, testEvery: 2, microbatchAnswers: 4, methodParameters: { valueEpochs: 2, valueMinibatches: 2, valueLearningRate: 0.01, valueClip: 0.1 },
  loss: { epochs: 2, minibatches: 2, klKind: 'none', klWeight: 0 }, optimizer: { learningRate: 0.01, weightDecay: 0.01 },
});

const encoder = new TextEncoder();
const contents: Record<string, Uint8Array> = {
  'config.json': encoder.encode(writeHuggingFaceConfig(model, { padding: 0, stop: 1 })),
  'model.safetensors': writeSafetensors(initialWeights(model, 1)),
  'tokenizer.json': encoder.encode(writeTokenizer(task.alphabet.slice(2))),
};
const files = async (name: string) => contents[name] ?? Promise.reject(new Error(`no ${name}`));
/** A policy that is right now and then: without reward a value model has nothing to learn. */
const shipped = async (name: string) => new Uint8Array(readFileSync(`public/models/chain/${name}`));
const noFiles = async (name: string) => Promise.reject(new Error(`no ${name}`));

const prepared = (executor: Executor, resumed?: RunState): Promise<Run> => prepareRun({
  configuration: resumed?.header.configuration ?? configuration, executor, makePolicy: makeEnginePolicy, files: resumed === undefined ? files : noFiles, watchedAnswers: 0, clock: () => 0, resumed,
});

async function preparedPpo(open: () => Executor, resumed?: RunState): Promise<Run> {
  const source = resumed === undefined ? shipped : noFiles;
  const values = await engineValueCritic(open(), ppo, source, resumed);
  return prepareRun({ configuration: ppo, executor: open(), makePolicy: makeEnginePolicy, files: source, values, watchedAnswers: 0, clock: () => 0, resumed });
}

async function goOn(run: Run, until: number, lines: UpdateLine[]): Promise<UpdateLine[]> {
  while (run.updates < until) lines.push((await run.nextUpdate()).line);
  return lines;
}

test.each([['twins', false, [3]], ['wasm SIMD', true, [0, 1, 3, 4]]])('%s: stopped after any update, the lines and the weights are those of the unbroken run', async (_, useSimd, stops) => {
  const open = () => new CpuExecutor({ useSimd });
  const unbroken = await prepared(open());
  const lines = await goOn(unbroken, UPDATES, []);
  expect(lines.every(({ gradNorm }) => gradNorm > 0)).toBe(true);
  const end = await unbroken.state(lines, {});
  for (const at of stops) {
    const first = await prepared(open());
    const before = await goOn(first, at, []);
    const bytes = writeRunState(await first.state(before, {}));
    const second = await prepared(open(), openRunState(bytes, 'run.state'));
    expect(second.updates).toBe(at);
    expect(second.header).toEqual(unbroken.header);
    const all = await goOn(second, UPDATES, before);
    expect(all, `resumed after ${at}`).toEqual(lines);
    expect(await second.state(all, {}), `resumed after ${at}`).toEqual(end);
  }
}, 60_000);

test('with a value model: stopped after any update, lines, weights and moments of both models are those of the unbroken run', async () => {
  const open = () => new CpuExecutor({ useSimd: true });
  const unbroken = await preparedPpo(open);
  const lines = await goOn(unbroken, UPDATES, []);
  expect(new Set(lines.map(({ explainedVariance }) => explainedVariance)).size, 'the value model learns').toBeGreaterThan(2);
  const end = await unbroken.state(lines, {});
  for (const at of [0, 1, 3]) {
    const first = await preparedPpo(open);
    const before = await goOn(first, at, []);
    const state = openRunState(writeRunState(await first.state(before, {})), 'run.state');
    expect(state.values!.steps).toBe(at * 4); // two epochs of two mini-batches
    const second = await preparedPpo(open, state);
    const all = await goOn(second, UPDATES, before);
    expect(all, `resumed after ${at}`).toEqual(lines);
    expect(await second.state(all, {}), `resumed after ${at}`).toEqual(end);
  }
  const other = await preparedPpo(open);
  const whole = await other.state([], {});
  await expect(preparedPpo(open, { ...whole, values: undefined }), 'without its value model').rejects.toThrow('lacks the value model');
  await expect(preparedPpo(open, { ...whole, values: { ...whole.values!, steps: 3 } })).rejects.toThrow(/has a value model of 3 steps; 0 updates of \d+ steps make 0/);
}, 60_000);

test('the kernels of the two models stay apart in a state', async () => {
  const joined = joinKernelChoice({ 'linalg/matmul_nt': 'vec4' }, { kernelChoice: { 'linalg/matmul_nt': 'simple', 'loss/value_loss': 'one' } });
  expect(joined).toEqual({ 'linalg/matmul_nt': 'vec4', 'value/linalg/matmul_nt': 'simple', 'value/loss/value_loss': 'one' });
  expect(splitKernelChoice(joined)).toEqual({ policy: { 'linalg/matmul_nt': 'vec4' }, values: { 'linalg/matmul_nt': 'simple', 'loss/value_loss': 'one' } });
});

test('a run that has been resumed can be resumed', async () => {
  let [run, lines] = [await prepared(new CpuExecutor({ useSimd: true })), [] as UpdateLine[]];
  for (let update = 1; update <= UPDATES; update++) {
    lines = await goOn(run, update, lines);
    run = await prepared(new CpuExecutor({ useSimd: true }), openRunState(writeRunState(await run.state(lines, {})), 'run.state'));
  }
  expect(lines).toEqual(await goOn(await prepared(new CpuExecutor({ useSimd: true })), UPDATES, []));
}, 60_000);

test('in the middle of an update there is nothing to save', async () => {
  const run = await prepared(new CpuExecutor({ useSimd: true }));
  await run.nextPhase();
  await expect(run.state([], {})).rejects.toThrow('between two updates only');
  const { line } = await run.nextUpdate();
  await expect(run.state([], {})).rejects.toThrow('0 lines for 1 updates');
  expect((await run.state([line], {})).lines).toEqual([line]);
});

test('on another executor the header says where the first updates were made', async () => {
  const run = await prepared(new CpuExecutor());
  const lines = await goOn(run, 1, []);
  const state = await run.state(lines, {});
  const elsewhere = await prepared(new CpuExecutor({ useSimd: true }), state);
  expect(elsewhere.header).toMatchObject({ adapter: 'CPU (wasm SIMD)', startAccuracy: run.header.startAccuracy, earlier: [{ until: 1, executor: 'cpu', adapter: 'CPU (TypeScript twins)', kernelChoice: {} }] });
  const again = await elsewhere.state(lines, {});
  expect(openRunState(writeRunState(again), 'run.state')).toEqual(again);
});

test('a state that is whole but wrong for the run is refused', async () => {
  const run = await prepared(new CpuExecutor({ useSimd: true }));
  const state = await run.state([], {});
  const { reference: _, ...policy } = state.policy;
  await expect(prepared(new CpuExecutor({ useSimd: true }), { ...state, policy })).rejects.toThrow('lacks the reference weights');
  await expect(prepared(new CpuExecutor({ useSimd: true }), { ...state, characters: state.characters.toReversed() })).rejects.toThrow('task chain needs');
  const hostile = { ...state, header: { ...state.header, configuration: { ...configuration, answersPerProblem: 100_000 } } };
  expect(() => openRunState(writeRunState(hostile), 'run.state')).toThrow('run.state: configuration: answersPerProblem = 100000 is not between 1 and 64');
});

test('settings changed and an update edited on the way: stopped after any update, the run goes on as the one that never stopped', async () => {
  const open = () => new CpuExecutor({ useSimd: true });
  /** A learning rate and a temperature from update 2 on, an edit in update 3, a weight of the KL term from update 5 on, said while update 3 is under way. */
  const walk = async (run: Run, until: number, lines: UpdateLine[]): Promise<UpdateLine[]> => {
    while (run.updates < until) {
      if (run.updates === 1) run.changeSettings({ 'optimizer.learningRate': 0.003, 'sampling.temperature': 1.4 });
      if (run.updates === 2) {
        for (let phase = 0; phase < 4; phase++) await run.nextPhase();
        const { record } = await run.applyEdits([{ kind: 'outcome', answer: 1, value: 1 }, { kind: 'number', row: 'R', answer: 0, token: 0, value: 5 }]);
        expect(record.credit!.advantages_NT[0]).toBeGreaterThan(0);
        await expect(run.applyEdits([])).rejects.toThrow('already');
      }
      if (run.updates === 3) {
        await run.nextPhase();
        run.changeSettings({ 'loss.klWeight': 0.5 });
      }
      lines.push((await run.nextUpdate()).line);
    }
    return lines;
  };
  const unbroken = await prepared(open());
  const lines = await walk(unbroken, UPDATES, []);
  const end = await unbroken.state(lines, {});
  expect(unbroken.header.interventions).toEqual([
    { kind: 'settings', update: 2, settings: { 'optimizer.learningRate': 0.003, 'sampling.temperature': 1.4 } },
    { kind: 'edits', update: 3, edits: [{ kind: 'outcome', answer: 1, value: 1 }, { kind: 'number', row: 'R', answer: 0, token: 0, value: 5 }] },
    { kind: 'settings', update: 5, settings: { 'loss.klWeight': 0.5 } },
  ]);
  for (const at of [0, 1, 2, 3, 4]) {
    const first = await prepared(open());
    const before = await walk(first, at, []);
    const second = await prepared(open(), openRunState(writeRunState(await first.state(before, {})), 'run.state'));
    const all = await walk(second, UPDATES, before);
    expect(all, `resumed after ${at}`).toEqual(lines);
    expect(await second.state(all, {}), `resumed after ${at}`).toEqual(end);
  }
  // and what was changed tells: the first update is as in a run that nobody touched, the second is not
  const untouched = await goOn(await prepared(open()), 2, []);
  expect(untouched[0]).toEqual(lines[0]);
  expect(untouched[1]!.entropy).not.toBe(lines[1]!.entropy);
}, 60_000);

test('a saved state whose header holds a change out of bounds is refused', async () => {
  const state = await (await prepared(new CpuExecutor())).state([], {});
  const changed = { ...state, header: { ...state.header, interventions: [{ kind: 'settings', update: 1, settings: { 'sampling.temperature': 99 } }] as const } };
  expect(() => openRunState(writeRunState(changed), 'run.state')).toThrow('Temperature must be from 0.05 to 5.');
});
