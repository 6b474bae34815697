// The host driven by hand, on a run of one-softmax policies: what each command makes it say.

import { beforeEach, expect, test, vi } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { FakePolicy } from '../lab/fakePolicyTesting';
import { readConfiguration } from '../lab/readConfiguration';
import { prepareCredit } from '../lab/phases/credit';
import { critique } from '../lab/phases/critique';
import type { RunConfiguration } from '../lab/configuration';
import { PHASES } from '../lab/record';
import { Run } from '../lab/run';
import type { ModelConfig } from '../model/config';
import { RandomStream } from '../random/threefry';
import { taskFamily } from '../tasks';
import { catalogue } from './catalogue';
import { PROTOCOL_VERSION, type CommandBody, type TrainingEvent } from './protocol';
import { TrainingHost } from './trainingHost';

let events: TrainingEvent[];
let host: TrainingHost;
let model: FakePolicy;
let opened: number;
let destroyed: number;
let isClosed: boolean;
let clock: number;
let tickMs: number;

const configuration = readConfiguration({ problemsPerUpdate: 1, answersPerProblem: 2, testProblems: 2 });

async function prepare(_: string, chosen: RunConfiguration): Promise<Run> {
  if (chosen.policy === 'absent') throw new Error('models/absent/config.json is not there (404)');
  const task = taskFamily(chosen.task).create(chosen.taskOptions);
  model = new FakePolicy({ vocabularySize: task.alphabet.length } as ModelConfig, task.maximumPromptLength, task.maximumAnswerLength);
  const credit = await prepareCredit(new CpuExecutor(), { configuration: chosen, task, hasValueModel: false }, model, async () => model);
  const critic = async (sample: Parameters<typeof critique>[4], update: number) => critique(task, chosen.critic, chosen.seed, update, sample);
  return new Run(
    { configuration: chosen, task, model, credit, critic, watchedAnswers: 2, workbench: { executor: new CpuExecutor(), continuer: async () => model } },
    { format: 'creditscope-run/2', configuration: chosen, executor: 'cpu', adapter: 'test', kernelChoice: {} },
    { alphabet: task.alphabet, taskTitle: '', methodTitle: '', methodExplanation: '', paper: { title: '', url: 'https://example.org' } },
    [task.problem('test', new RandomStream([1, 2]))],
    () => 0,
  );
}

beforeEach(async () => {
  events = [];
  [opened, destroyed, clock, tickMs, isClosed] = [0, 0, 0, 1000, false];
  host = new TrainingHost({
    catalogue: catalogue(),
    post: (event) => events.push(structuredClone(event)),
    openBackend: async () => {
      opened++;
      const executor = new CpuExecutor();
      const destroy = executor.destroy.bind(executor);
      executor.destroy = () => { destroyed++; destroy(); };
      return { executor, reason: 'no adapter' };
    },
    prepare,
    close: () => { isClosed = true; },
    now: () => (clock += tickMs),
  });
  await host.idle();
});

const send = (run: string, body: CommandBody) => host.receive({ protocol: PROTOCOL_VERSION, run, ...body });
const said = () => events.map((event) => (event.kind === 'phase' ? event.phase : event.kind));
async function started(run = 'a'): Promise<void> {
  send(run, { kind: 'start', configuration });
  await host.idle();
  events.length = 0;
}

test('says at once what there is and where it runs', () => {
  expect(said()).toEqual(['catalogue', 'backend']);
  expect(events[1]).toMatchObject({ backend: 'cpu', adapter: 'CPU (TypeScript twins)', reason: 'no adapter', run: '' });
  const first = events[0] as Extract<TrainingEvent, { kind: 'catalogue' }>;
  expect(first.catalogue.presets.map((one) => one.name)).toEqual(['default', 'small', 'blame', 'critic', 'chain-hard', 'bifurcation-small', 'bifurcation', 'columns', 'countdown', 'sort']);
  expect(first.catalogue.methods.map((one) => one.name)).toEqual(expect.arrayContaining(['grpo', 'capo']));
});

test('start uses the device that is open already, and waits', async () => {
  send('a', { kind: 'start', configuration });
  await host.idle();
  expect(said().slice(2)).toEqual(['header', 'paused']);
  expect(opened).toBe(1);
});

test('next phase brings the record so far, the last one the update', async () => {
  await started();
  for (const phase of PHASES) {
    events.length = 0;
    send('a', { kind: 'nextPhase' });
    await host.idle();
    expect(said()).toEqual([phase === 'update' ? 'updates' : phase, 'paused']);
    const [first] = events;
    if (phase !== 'update' && first?.kind === 'phase') expect(Object.keys(first.record!)).toEqual(PHASES.slice(0, PHASES.indexOf(phase) + 1));
  }
  expect(events.at(-1)).toMatchObject({ kind: 'paused', update: 1 });
});

test('next update runs the phases without their records', async () => {
  await started();
  send('a', { kind: 'nextUpdate' });
  await host.idle();
  expect(said()).toEqual([...PHASES.slice(0, -1), 'updates', 'paused']);
  expect(events.every((event) => event.kind !== 'phase' || event.record === undefined)).toBe(true);
});

test('plays until paused', async () => {
  await started();
  send('a', { kind: 'play' });
  await vi.waitUntil(() => events.some((event) => event.kind === 'updates'), { timeout: 10_000, interval: 5 });
  send('a', { kind: 'pause' });
  await host.idle();
  const updates = events.flatMap((event) => (event.kind === 'updates' ? event.records : [])).length;
  expect(updates).toBeGreaterThan(0);
  expect(events.at(-1)).toMatchObject({ kind: 'paused', update: updates });
  events.length = 0;
  send('a', { kind: 'nextUpdate' });
  await host.idle();
  expect(events.at(-1)).toMatchObject({ kind: 'paused', update: updates + 1 });
});

test('with a pause after each update it tells of that one at once, and hears while it waits', async () => {
  await started();
  // as if no time passed: the page would hear of nothing for a while
  tickMs = 0;
  const updates = () => events.filter((event) => event.kind === 'updates').length;
  const told = (count: number) => vi.waitUntil(() => updates() >= count, { timeout: 10_000, interval: 5 });
  send('a', { kind: 'pace', pauseMs: 3_600_000 });
  send('a', { kind: 'play' });
  await told(1);
  await new Promise((resolve) => { setTimeout(resolve, 200); });
  expect(updates()).toBe(1);
  // a shorter one is over at once
  send('a', { kind: 'pace', pauseMs: 1 });
  await told(3);
  send('a', { kind: 'pace', pauseMs: 3_600_000 });
  send('a', { kind: 'pause' });
  await host.idle();
  expect(said().at(-1)).toBe('paused');
});

test('quick updates are told of ten times a second, each once and in order', async () => {
  await started();
  tickMs = 7;
  const begun = clock;
  send('a', { kind: 'play' });
  await vi.waitUntil(() => clock - begun > 2000, { timeout: 20_000, interval: 5 });
  send('a', { kind: 'pause' });
  await host.idle();
  const told = events.flatMap((event) => (event.kind === 'updates' ? [event.records] : []));
  const updates = told.flat().map(({ line }) => line.update);
  // six phases of 7 ms an update
  expect(updates).toEqual(updates.map((_, i) => i + 1));
  expect(updates.length).toBeGreaterThan(2000 / 7 / 6 - 2);
  expect(Math.max(...told.map((records) => records.length))).toBe(3);
  expect(events.length - 2).toBeLessThanOrEqual((clock - begun) / 100);
  expect(events.at(-1)).toMatchObject({ kind: 'paused', update: updates.length });
});

test('compares methods between two updates, and hears that it should not', async () => {
  await started();
  const wish = { gradientAnswers: 0, resamples: 200, methods: [{ name: 'grpo', parameters: {} }, { name: 'capo', parameters: {} }], truth: 'monte-carlo', problems: 2, answers: 2 } as const;
  send('a', { kind: 'compare', wish });
  await host.idle();
  const done = events.at(-1) as Extract<TrainingEvent, { kind: 'compared' }>;
  expect(said().filter((kind) => kind === 'comparing').length).toBeGreaterThan(0);
  expect([done.kind, done.update, done.comparison.methods.map(({ name }) => name)]).toEqual(['compared', 0, ['grpo', 'capo']]);
  expect(done.comparison.truth.values_NT1.length).toBe(4 * (done.comparison.sample.width + 1));
  events.length = 0;
  send('a', { kind: 'compare', wish });
  send('a', { kind: 'cancelCompare' });
  await host.idle();
  expect(events.at(-1)).toMatchObject({ kind: 'comparisonEnded', message: expect.stringContaining('cancelled') });
  send('a', { kind: 'compare', wish: { ...wish, methods: [{ name: 'grop', parameters: {} }] } });
  await host.idle();
  expect(events.at(-1)).toMatchObject({ kind: 'comparisonEnded', message: expect.stringContaining('unknown credit method "grop"') });
  send('a', { kind: 'nextUpdate' });
  await host.idle();
  expect(events.at(-1)).toMatchObject({ kind: 'paused', update: 1 });
});

test('a new start drops the run before it, while it plays too', async () => {
  await started('a');
  send('a', { kind: 'play' });
  send('b', { kind: 'start', configuration });
  await host.idle();
  expect(events.at(-1)).toMatchObject({ kind: 'paused', run: 'b', update: 0 });
  expect(destroyed).toBe(1);
  events.length = 0;
  send('a', { kind: 'nextUpdate' });
  await host.idle();
  expect(events).toEqual([]);
});

test('reset frees the memory; dispose closes the worker', async () => {
  await started();
  send('a', { kind: 'reset' });
  await host.idle();
  expect(destroyed).toBe(1);
  send('a', { kind: 'dispose' });
  await host.idle();
  expect(isClosed).toBe(true);
});

test('a bad configuration and a missing policy are errors that lose nothing', async () => {
  send('a', { kind: 'start', configuration: { ...configuration, seed: -1 } });
  await host.idle();
  expect(events.at(-1)).toMatchObject({ kind: 'error', run: 'a', message: 'seed = -1 is not between 0 and 4294967295' });
  send('b', { kind: 'start', configuration: { ...configuration, policy: 'absent' } });
  await host.idle();
  expect(events.at(-1)).toMatchObject({ kind: 'error', run: 'b', message: 'models/absent/config.json is not there (404)' });
  send('c', { kind: 'start', configuration });
  await host.idle();
  expect(events.at(-1)).toMatchObject({ kind: 'paused', run: 'c' });
});

test('a non-finite number stops the run and names the tensor', async () => {
  await started();
  model.planted = { tensor: 'model.norm.weight', index: 3 };
  send('a', { kind: 'play' });
  await host.idle();
  expect(events.at(-1)).toMatchObject({ kind: 'stopped', reason: 'non-finite', tensor: 'model.norm.weight', update: 0 });
});

test('a setting changed while it trains is heard at once, stands in the header and holds from the next update on', async () => {
  await started();
  send('a', { kind: 'play' });
  await vi.waitFor(() => expect(events.filter(({ kind }) => kind === 'updates').length).toBeGreaterThan(1));
  send('a', { kind: 'changeSettings', settings: { 'optimizer.learningRate': 0.25 } });
  const intervened = events.findLast((event) => event.kind === 'intervened');
  const [change] = intervened?.kind === 'intervened' ? intervened.header.interventions! : [];
  expect(change).toMatchObject({ kind: 'settings', settings: { 'optimizer.learningRate': 0.25 } });
  await vi.waitFor(() => expect(model.rates.at(-1)).toBe(0.25));
  expect(model.rates.indexOf(0.25)).toBe(change!.update - 1);
  send('a', { kind: 'pause' });
  await host.idle();
  send('a', { kind: 'changeSettings', settings: { seed: 3 } });
  expect(events.at(-1)).toMatchObject({ kind: 'error', message: 'seed cannot change while a run goes on.' });
});

test('changed numbers are applied between credit and gradient, and the run’s header and the record say so', async () => {
  await started();
  for (let phase = 0; phase < 4; phase++) send('a', { kind: 'nextPhase' });
  await host.idle();
  events.length = 0;
  const edits = [{ kind: 'number', row: 'std', answer: 0, token: 0, value: 3 }] as const;
  send('a', { kind: 'applyEdits', edits });
  await host.idle();
  expect(said()).toEqual(['intervened', 'credit', 'paused']);
  expect(events[0]).toMatchObject({ header: { interventions: [{ kind: 'edits', update: 1, edits }] } });
  send('a', { kind: 'nextUpdate' });
  await host.idle();
  const done = events.find((event) => event.kind === 'updates');
  const record = done?.kind === 'updates' ? done.records[0]! : undefined;
  expect(record?.edited).toEqual(edits);
  expect([...record!.credit.rows.find(({ id }) => id === 'std')!.values]).toEqual([3]);
  events.length = 0;
  send('a', { kind: 'applyEdits', edits });
  await host.idle();
  expect(events).toMatchObject([{ kind: 'error', message: 'Changes can be applied between the credit and the gradient phase only.' }]);
});
