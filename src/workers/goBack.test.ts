// A run that goes wrong, and goes back to an earlier update with a smaller learning rate: what then comes is what would have come
// had the rate been changed there at once, and the run that went wrong stays kept.

import { expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { configurationAt } from '../lab/interventions';
import { NonFiniteError } from '../lab/nonFinite';
import { catalogue } from './catalogue';
import type { HostParts } from './hostParts';
import { KEPT_CONFIGURATION, prepareTiny, savedRunsIn } from './keptRunTesting';
import { FakeFolder, FakeLocks } from './privateFileTesting';
import { PROTOCOL_VERSION, type CommandBody, type EventBody, type TrainingEvent } from './protocol';
import { RunKeeper } from './runKeeper';
import { TrainingHost } from './trainingHost';

const RATE = 'optimizer.learningRate';
const HALF = { [RATE]: 0.005 };

/** Update 5 gives a NaN wherever the learning rate is above 0.006. */
const fragile: HostParts['prepare'] = async (_, configuration, executor, __, resumed) => {
  const run = await prepareTiny(configuration, executor, resumed);
  const next = run.nextPhase.bind(run);
  run.nextPhase = async () => {
    const { learningRate } = configurationAt(configuration, run.header.interventions, 5).optimizer;
    if (run.updates === 4 && run.upcomingPhase === 'update' && learningRate > 0.006) throw new NonFiniteError('model.norm.weight', 5, 0);
    return next();
  };
  return run;
};

function bench(keeper?: RunKeeper) {
  const events: TrainingEvent[] = [];
  const host = new TrainingHost({
    catalogue: catalogue(), post: (event, transfer) => events.push(structuredClone(event, { transfer })),
    openBackend: async () => ({ executor: new CpuExecutor({ useSimd: true }) }), prepare: fragile, keeper, close: () => {}, now: () => 0,
  });
  const send = async (run: string, ...bodies: CommandBody[]): Promise<void> => {
    for (const body of bodies) {
      host.receive({ protocol: PROTOCOL_VERSION, run, ...body });
      await host.idle();
    }
  };
  const last = <K extends EventBody['kind']>(kind: K) => events.findLast((event) => event.kind === kind) as Extract<TrainingEvent, { kind: K }> | undefined;
  const lines = () => events.flatMap((event) => (event.kind === 'updates' ? event.records : [])).map(({ line }) => line);
  return { events, send, last, lines };
}

const START: CommandBody = { kind: 'start', configuration: KEPT_CONFIGURATION };
const UPDATE: CommandBody = { kind: 'nextUpdate' };

test('back to the last good update with half the learning rate', async () => {
  const runs = savedRunsIn(new FakeFolder(), new FakeLocks());
  const { send, last, lines } = bench(new RunKeeper(runs, () => 0));
  await send('a', START, { kind: 'play' });
  expect(last('stopped')).toMatchObject({ reason: 'non-finite', update: 4, tensor: 'model.norm.weight', canGoBackTo: [1, 2, 3, 4] });
  const first = lines();
  await send('b', { kind: 'goBack', update: 4, settings: HALF, records: [] });
  expect(last('header')).toMatchObject({ run: 'b', header: { interventions: [{ kind: 'settings', update: 5, settings: HALF }] }, past: { lines: first, updates: [] } });
  expect(last('paused'), 'a second failure there would go further back').toMatchObject({ run: 'b', update: 4, canGoBackTo: [1, 2, 3], kept: { update: 4 } });
  await send('b', UPDATE, UPDATE);
  expect(last('paused')).toMatchObject({ update: 6, canGoBackTo: [2, 3, 5, 6] });

  // had the rate been changed at once
  const other = bench();
  await other.send('a', START, UPDATE, UPDATE, UPDATE, UPDATE, { kind: 'changeSettings', settings: HALF }, UPDATE, UPDATE);
  expect(lines()).toEqual(other.lines());

  // both are kept: the one that went wrong as it was
  await send('b', { kind: 'reset' });
  expect((await runs.list()).map((entry) => entry.kind === 'whole' && entry.updates).toSorted()).toEqual([4, 6]);
});

test('a page closed right after going back finds the smaller rate in what is kept', async () => {
  const runs = savedRunsIn(new FakeFolder(), new FakeLocks());
  const { send, last } = bench(new RunKeeper(runs, () => 0));
  await send('a', START, { kind: 'play' });
  await send('b', { kind: 'goBack', update: 2, settings: HALF, records: [] });
  const { state } = await runs.read(last('paused')!.keptAs!);
  expect([state.lines.length, state.header.interventions]).toEqual([2, [{ kind: 'settings', update: 3, settings: HALF }]]);
});

test('a run in good order goes back too; an update that is not at hand is a sentence', async () => {
  const { events, send, last } = bench();
  await send('a', START, UPDATE, UPDATE);
  await send('b', { kind: 'goBack', update: 1, settings: HALF, records: [] });
  expect(last('paused')).toMatchObject({ run: 'b', update: 1 });
  await send('c', { kind: 'goBack', update: 3, settings: HALF, records: [] });
  expect(events.at(-1)).toMatchObject({ run: 'c', kind: 'error', message: 'Update 3 is not at hand any more.' });
});
