// The host and its keeper, on a tiny model: when a run is saved, that it goes on bit for bit, and what is said when it
// cannot be saved.

import { beforeEach, expect, test, vi } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import type { UpdateLine } from '../lab/record';
import { catalogue } from './catalogue';
import { KEPT_CONFIGURATION, prepareTiny, savedRunsIn } from './keptRunTesting';
import { FakeFolder, FakeLocks } from './privateFileTesting';
import { PROTOCOL_VERSION, type CommandBody, type EventBody, type Kept, type TrainingEvent } from './protocol';
import { RunKeeper } from './runKeeper';
import { TrainingHost } from './trainingHost';
import { transferables } from './transferables';

let root: FakeFolder;
let locks: FakeLocks;
beforeEach(() => {
  root = new FakeFolder();
  locks = new FakeLocks();
});

/** A tab: its worker, and what that said. `clock` stands still unless it is moved. */
class Tab {
  readonly events: TrainingEvent[] = [];
  clock = 0;
  private readonly host: TrainingHost;

  constructor(name: string) {
    this.host = new TrainingHost({
      catalogue: catalogue(),
      post: (event, transfer) => this.events.push(structuredClone(event, { transfer })),
      openBackend: async () => ({ executor: new CpuExecutor({ useSimd: true }) }),
      prepare: (_, configuration, executor, __, resumed) => prepareTiny(configuration, executor, resumed),
      keeper: new RunKeeper(savedRunsIn(root, locks, name), () => this.clock),
      close: () => {},
      now: () => this.clock,
    });
  }

  ask(run: string, body: CommandBody): void {
    this.host.receive({ protocol: PROTOCOL_VERSION, run, ...body });
  }

  async send(run: string, ...bodies: CommandBody[]): Promise<void> {
    for (const body of bodies) {
      this.host.receive({ protocol: PROTOCOL_VERSION, run, ...body });
      await this.host.idle();
    }
  }

  all<K extends EventBody['kind']>(kind: K): Extract<TrainingEvent, { kind: K }>[] {
    return this.events.filter((event) => event.kind === kind) as Extract<TrainingEvent, { kind: K }>[];
  }

  get lines(): UpdateLine[] {
    return [...(this.all('header').at(-1)?.past?.lines ?? []), ...this.all('updates').flatMap(({ records }) => records.map(({ line }) => line))];
  }
}

const START: CommandBody = { kind: 'start', configuration: KEPT_CONFIGURATION };
const UPDATE: CommandBody = { kind: 'nextUpdate' };

test('a run that is stopped at any update and goes on in a new page equals the unbroken one', async () => {
  const unbroken = new Tab('unbroken');
  await unbroken.send('u', START, ...Array<CommandBody>(6).fill(UPDATE), { kind: 'reset' });
  expect(unbroken.lines.map(({ gradNorm }) => gradNorm > 0)).toEqual(Array(6).fill(true));
  for (let page = 0; page < 3; page++) {
    const tab = new Tab(`page${page}`);
    // a third update begins and is lost with the page
    await tab.send('a', page === 0 ? START : { kind: 'resume', id: 'page0-1' }, UPDATE, UPDATE, { kind: 'nextPhase' }, { kind: 'nextPhase' });
    expect(tab.lines).toEqual(unbroken.lines.slice(0, 2 * page + 2));
    expect(tab.all('header')[0]!.header).toEqual(unbroken.all('header')[0]!.header);
    expect(tab.all('header')[0]!.past?.updates.map(({ line }) => line) ?? []).toEqual(unbroken.lines.slice(0, 2 * page));
    expect(tab.all('paused').at(-1)).toMatchObject({ update: 2 * page + 2 });
    await tab.send('a', { kind: 'reset' });
  }
}, 60_000);

test('every update is saved before the page hears of it', async () => {
  const tab = new Tab('tab');
  await tab.send('a', START, UPDATE, UPDATE, UPDATE);
  expect(tab.all('updates').map(({ kept, records }) => [records.length, kept])).toEqual([[1, { update: 1 }], [1, { update: 2 }], [1, { update: 3 }]]);
  const update = root.folders.get('tab-1')!.files;
  expect([...update.keys()].sort()).toEqual(['a.state', 'b.state', 'update-000001.json', 'update-000002.json', 'update-000003.json']);
});

test('what could not be saved is tried again after a second, and when the run rests, as it was', async () => {
  let clock = 0;
  const keeper = new RunKeeper(savedRunsIn(root, locks), () => clock);
  const run = await prepareTiny(KEPT_CONFIGURATION);
  const told: (Kept | undefined)[] = [];
  const lines: UpdateLine[] = [];
  const update = async (): Promise<Kept | undefined> => {
    const record = await run.nextUpdate();
    lines.push(record.line);
    const kept = await keeper.committed(await run.state(lines, {}), run.names, record);
    // given to the page
    structuredClone(record, { transfer: [...transferables(record)] });
    return kept;
  };
  const problem = { problem: 'This run is not being saved: the browser\'s storage for this page is full. Training goes on.' };
  for (const [gap, room] of [[0, Infinity], [10, 1000], [999, Infinity], [1, 1000], [500, Infinity]] as const) {
    clock += gap;
    root.disk.room = room;
    told.push(await update());
  }
  expect(told).toEqual([{ update: 1 }, problem, undefined, problem, undefined]);
  const { policy } = await run.state(lines, {});
  // in the middle of the next update, which has changed nothing that was put off
  for (let phase = 0; phase < 5; phase++) await run.nextPhase();
  expect(await keeper.rest()).toEqual({ update: 5 });
  expect(await keeper.rest()).toBeUndefined();
  keeper.release();
  const { state, records } = await savedRunsIn(root, locks).open('run-1');
  expect(state.lines).toEqual(lines);
  expect(state.policy).toEqual(policy);
  expect(records.map(({ line }) => line.update)).toEqual([1, 5]);
});

test('storage that never answers stops nothing: it is told, and saving goes on when an answer comes after all', async () => {
  vi.useFakeTimers();
  try {
    const runs = savedRunsIn(root, locks);
    let answer = (): void => {};
    const { create } = runs;
    const silent = vi.spyOn(runs, 'create').mockImplementationOnce(async () => {
      await new Promise<void>((resolve) => { answer = resolve; });
      return create.call(runs);
    });
    let clock = 0;
    const keeper = new RunKeeper(runs, () => clock);
    const run = await prepareTiny(KEPT_CONFIGURATION);
    const lines: UpdateLine[] = [];
    const update = async (): Promise<Kept | undefined> => {
      const record = await run.nextUpdate();
      lines.push(record.line);
      clock += 2000;
      return keeper.committed(await run.state(lines, {}), run.names, record);
    };
    const problem = { problem: 'This run is not being saved: the browser\'s storage does not answer. Training goes on.' };
    const first = update();
    await vi.waitFor(() => expect(silent).toHaveBeenCalledOnce());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await first).toEqual(problem);
    // at once from now on
    expect(await update()).toEqual(problem);
    answer();
    await vi.waitFor(() => expect(root.folders.size).toBe(1));
    await vi.waitFor(async () => expect(await update()).toEqual({ update: lines.length }));
    keeper.release();
    expect((await savedRunsIn(root, locks).open('run-1')).state.lines).toEqual(lines);
  } finally {
    vi.useRealTimers();
  }
});

test('a full disk is told in a sentence; training goes on, and saving too once there is room', async () => {
  const tab = new Tab('tab');
  await tab.send('a', START, UPDATE);
  root.disk.room = 1000;
  tab.clock += 10_000;
  await tab.send('a', UPDATE);
  expect(tab.all('updates')[1]!.kept).toEqual({ problem: 'This run is not being saved: the browser\'s storage for this page is full. Training goes on.' });
  expect(tab.all('paused').at(-1)).toMatchObject({ update: 2 });
  const other = new Tab('other');
  await other.send('b', { kind: 'forget', id: 'tab-1' });
  expect(other.all('error').at(-1)!.message).toBe('This run is open in another tab and stays.');
  root.disk.room = Infinity;
  tab.clock += 10_000;
  await tab.send('a', UPDATE);
  expect(tab.all('updates')[2]!.kept).toEqual({ update: 3 });
});

test('where the browser keeps no files at all, the page says so and trains', async () => {
  root.getDirectoryHandle = async () => { throw new DOMException('denied', 'SecurityError'); };
  const tab = new Tab('tab');
  await tab.send('a', START, UPDATE);
  expect(tab.all('updates')[0]!.kept).toEqual({ problem: 'This run is not being saved: this browser does not let the page keep files. Training goes on.' });
});

test('files that vanish while the run is live are made anew', async () => {
  const tab = new Tab('tab');
  await tab.send('a', START, UPDATE);
  root.folders.clear();
  tab.clock += 10_000;
  await tab.send('a', UPDATE, { kind: 'reset' });
  expect(tab.all('savedRuns').at(-1)!.runs).toMatchObject([{ kind: 'whole', updates: 2 }]);
});

test('a second tab cannot take the run, and gets it when the first lets go', async () => {
  const [first, second] = [new Tab('first'), new Tab('second')];
  await first.send('a', START, UPDATE);
  await second.send('b', { kind: 'resume', id: 'first-1' });
  expect(second.all('error').at(-1)!.message).toBe('This run is open in another tab. Go on there, or close that tab first.');
  expect(second.all('savedRuns').at(-1)!.runs).toEqual([{ kind: 'busy', id: 'first-1' }]);
  await first.send('a', { kind: 'reset' });
  await second.send('b', { kind: 'resume', id: 'first-1' }, UPDATE);
  expect(second.all('paused').at(-1)).toMatchObject({ update: 2 });
});

test('a new run is kept beside the one before it', async () => {
  const tab = new Tab('tab');
  await tab.send('a', START, UPDATE);
  tab.clock += 10_000;
  await tab.send('b', START, UPDATE, { kind: 'reset' });
  expect(tab.all('savedRuns').at(-1)!.runs.map((entry) => entry.id).sort()).toEqual(['tab-1', 'tab-2']);
});

test('a second tab goes on with a copy while the first trains on', async () => {
  const [first, second] = [new Tab('first'), new Tab('second')];
  await first.send('a', START, UPDATE, UPDATE);
  await second.send('b', { kind: 'resume', id: 'first-1', isCopy: true });
  expect(second.all('paused').at(-1)).toMatchObject({ update: 2, kept: { update: 2 }, keptAs: 'second-1' });
  expect(second.all('header')[0]!.past!.updates.map(({ line }) => line.update)).toEqual([1, 2]);
  await first.send('a', UPDATE, { kind: 'reset' });
  await second.send('b', UPDATE, { kind: 'reset' });
  expect(second.lines).toEqual(first.lines);
  expect(second.all('savedRuns').at(-1)!.runs.map((entry) => [entry.id, entry.kind === 'whole' && entry.updates])).toEqual(expect.arrayContaining([['first-1', 3], ['second-1', 3]]));
});

test('a state is given out between any two phases, and a run that goes on from it elsewhere equals the one that went on here', async () => {
  const tab = new Tab('here');
  await tab.send('a', { kind: 'exportState' }, START, { kind: 'exportState' }, UPDATE, UPDATE, { kind: 'nextPhase' }, { kind: 'exportState' }, UPDATE, UPDATE);
  const [none, before, { update, bytes }] = tab.all('state') as [unknown, unknown, Extract<EventBody, { kind: 'state' }>];
  expect([none, before]).toMatchObject([{ update: 0, bytes: null }, { update: 0, bytes: null }]);
  expect(update).toBe(2);
  const elsewhere = new Tab('elsewhere');
  const records = tab.all('updates').flatMap((event) => event.records).slice(0, 2);
  await elsewhere.send('b', { kind: 'resumeFile', state: bytes!, records }, UPDATE, UPDATE);
  expect(elsewhere.lines).toEqual(tab.lines);
  expect(elsewhere.all('header')[0]!.past!.updates).toEqual([]);
  // and it is kept with its records, as if it had begun here
  await elsewhere.send('b', { kind: 'reset' }, { kind: 'resume', id: 'elsewhere-1' });
  expect(elsewhere.all('header')[1]!.past!.updates.map(({ line }) => line.update)).toEqual([1, 2, 3, 4]);
});

test('asked for while an update is being saved, the state is that of the update before, as the page knows it', async () => {
  const tab = new Tab('tab');
  await tab.send('a', START, UPDATE);
  const folderOf = root.getDirectoryHandle.bind(root);
  root.getDirectoryHandle = (...given) => {
    tab.ask('a', { kind: 'exportState' });
    return folderOf(...given);
  };
  await tab.send('a', UPDATE);
  const told = tab.events.findIndex(({ kind }) => kind === 'state');
  expect(tab.all('state')[0]).toMatchObject({ update: 1, bytes: expect.any(Uint8Array) as unknown });
  expect(tab.events.slice(0, told).flatMap((event) => (event.kind === 'updates' ? event.records : [])).length).toBe(1);
});

test('a state that is none is refused; one that cannot be kept goes on in memory', async () => {
  const tab = new Tab('tab');
  await tab.send('a', { kind: 'resumeFile', state: Uint8Array.of(1, 2, 3), records: [] });
  expect(tab.all('error').at(-1)!.message).toMatch(/^state: /);
  await tab.send('b', START, UPDATE, { kind: 'exportState' });
  const { bytes } = tab.all('state').at(-1)!;
  root.disk.room = 1000;
  await tab.send('c', { kind: 'resumeFile', state: bytes!, records: [] }, UPDATE);
  expect(tab.all('paused').slice(-2)).toMatchObject([{ update: 1, kept: { problem: 'This run is not being saved: the browser\'s storage for this page is full. Training goes on.' } }, { update: 2 }]);
});
