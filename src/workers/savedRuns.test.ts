// Runs kept in a fake private file system: what was saved comes back, whatever moment the process is killed at.

import { beforeAll, beforeEach, expect, test } from 'vitest';
import { openRunState, type RunState } from '../lab/runState';
import { writeRunState } from '../formats/runStateFile';
import type { UpdateLine, UpdateRecord } from '../lab/record';
import type { Run } from '../lab/run';
import { KEPT_CONFIGURATION, prepareTiny, savedRunsIn } from './keptRunTesting';
import { FakeFolder, FakeLocks, Killed } from './privateFileTesting';
import { MOST_RECORDS_KEPT } from './protocol';
import { MOST_RUNS } from './savedRuns';

const UPDATES = 4;
let run: Run;
/** after update 1, 2, ... */
const states: RunState[] = [];
const records: UpdateRecord[] = [];
beforeAll(async () => {
  run = await prepareTiny(KEPT_CONFIGURATION);
  const lines: UpdateLine[] = [];
  for (let update = 1; update <= UPDATES; update++) {
    records.push(await run.nextUpdate());
    lines.push(records.at(-1)!.line);
    states.push(await run.state(lines, {}));
  }
});

let root: FakeFolder;
let locks: FakeLocks;
beforeEach(() => {
  root = new FakeFolder();
  locks = new FakeLocks();
});

async function saveAll(folder: FakeFolder, from = 1, to = UPDATES): Promise<void> {
  const saved = await savedRunsIn(folder, new FakeLocks()).create();
  for (let update = from; update <= to; update++) await saved.save(states[update - 1]!, run.names, [records[update - 1]!]);
}
const flip = (folder: FakeFolder, name: string, at: number): void => { folder.files.get(name)!.bytes[at]! ^= 4; };

test('the latest state comes back exactly, and the record of every update as a run file keeps it', async () => {
  await saveAll(root);
  const { state, records: read } = await savedRunsIn(root, locks).open('run-1');
  expect(state).toEqual(openRunState(writeRunState(states.at(-1)!), 'x'));
  expect(state.lines).toEqual(records.map(({ line }) => line));
  expect(read.map(({ line }) => line)).toEqual(state.lines);
  expect(read.map(({ sample }) => sample.tokens_NT)).toEqual(records.map(({ sample }) => sample.tokens_NT));
  read.forEach(({ credit }, i) => credit.advantages_NT.forEach((value, at) => expect(value).toBeCloseTo(records[i]!.credit.advantages_NT[at]!, 3)));
  expect(await savedRunsIn(root, locks, 'other').list()).toEqual([{ kind: 'busy', id: 'run-1' }]);
});

test('killed at any byte, what is found is the last state that was written whole', async () => {
  const long = 1e9;
  const unharmed = new FakeFolder({ room: Infinity, life: long });
  await saveAll(unharmed);
  const total = long - unharmed.disk.life;
  const stateBytes = unharmed.folders.get('run-1')!.files.get('b.state')!.bytes.byteLength;
  const found: number[] = [];
  for (let life = 0; life < total; life += Math.ceil(total / 60)) {
    const disk = new FakeFolder({ room: Infinity, life });
    await expect(saveAll(disk)).rejects.toThrow(Killed);
    disk.disk.life = Infinity;
    const [entry] = await savedRunsIn(disk, new FakeLocks()).list();
    const updates = entry?.kind === 'whole' ? entry.updates : 0;
    found.push(updates);
    if (updates === 0) continue;
    const { state, run: again } = await savedRunsIn(disk, new FakeLocks()).open('run-1');
    expect(state.policy).toEqual(states[updates - 1]!.policy);
    // and the next save does not write over it before it is whole
    disk.disk.life = stateBytes / 2;
    await expect(again.save(states[updates % UPDATES]!, run.names, [records[0]!])).rejects.toThrow(Killed);
    disk.disk.life = Infinity;
    expect((await savedRunsIn(disk, new FakeLocks()).open('run-1')).state.policy).toEqual(states[updates - 1]!.policy);
  }
  expect(found).toEqual([...found].sort());
  expect(new Set(found)).toEqual(new Set([0, 1, 2, 3, 4]));
});

test('with one of the two states damaged the other counts; with both the run is refused with the reason, and can be removed', async () => {
  await saveAll(root);
  const folder = root.folders.get('run-1')!;
  flip(folder, 'b.state', folder.files.get('b.state')!.bytes.byteLength - 9);
  expect(await savedRunsIn(root, locks).list()).toMatchObject([{ kind: 'whole', updates: 3 }]);
  flip(folder, 'a.state', 4000);
  const runs = savedRunsIn(root, locks);
  expect(await runs.list()).toEqual([{ kind: 'damaged', id: 'run-1', reason: expect.stringMatching(/^a\.state: /) }]);
  await expect(runs.open('run-1')).rejects.toThrow(/^The kept run can't be read \(a\.state: .+\)\.$/);
  await runs.remove('run-1');
  expect(await runs.list()).toEqual([]);
  await expect(runs.open('run-1')).rejects.toThrow('it is not there any more');
});

test('a damaged record is left out, and the run goes on', async () => {
  await saveAll(root);
  const folder = root.folders.get('run-1')!;
  folder.files.get('update-000002.json')!.bytes.fill(0x20, 200, 400);
  folder.files.set('update-000003.json', folder.files.get('update-000001.json')!);
  const { state, records: read } = await savedRunsIn(root, locks).open('run-1');
  expect(read.map(({ line }) => line.update)).toEqual([1, 4]);
  expect(state.lines).toHaveLength(4);
});

test('of two tabs one has the run; the other is told until it lets go', async () => {
  await saveAll(root);
  const [here, there] = [savedRunsIn(root, locks, 'here'), savedRunsIn(root, locks, 'there')];
  const opened = await here.open('run-1');
  expect(await there.list()).toEqual([{ kind: 'busy', id: 'run-1' }]);
  await expect(there.open('run-1')).rejects.toThrow('This run is open in another tab. Go on there, or close that tab first.');
  await expect(there.remove('run-1')).rejects.toThrow('open in another tab and stays');
  opened.run.release();
  expect((await there.open('run-1')).state.lines).toHaveLength(UPDATES);
});

test('the latest runs stay, the others make room; what is no run is left alone', async () => {
  const runs = savedRunsIn(root, locks);
  await root.getFileHandle('note.txt', { create: true });
  for (let i = 0; i <= MOST_RUNS; i++) {
    const saved = await runs.create();
    await saved.save(states[i % UPDATES]!, run.names, [records[0]!]);
    for (const file of root.folders.get(saved.id)!.files.values()) file.lastModified = 1000 + i;
    saved.release();
  }
  const list = await runs.list();
  expect(list.map(({ id }) => id)).toEqual(Array.from({ length: MOST_RUNS }, (_, i) => `run-${MOST_RUNS + 1 - i}`));
  expect([...root.files.keys()]).toEqual(['note.txt']);
});

test('of a long run the latest records stay', async () => {
  const saved = await savedRunsIn(root, locks).create();
  for (const update of [1, 2, MOST_RECORDS_KEPT, MOST_RECORDS_KEPT + 1, MOST_RECORDS_KEPT + 2]) {
    await saved.save(states[0]!, run.names, [{ ...records[0]!, line: { ...records[0]!.line, update } }]);
  }
  expect([...root.folders.get('run-1')!.files.keys()].filter((name) => name.startsWith('update-'))).toEqual(['update-000100.json', 'update-000101.json', 'update-000102.json']);
});

test('a run whose tab was closed before its first save leaves nothing behind', async () => {
  await root.getDirectoryHandle('empty', { create: true });
  expect(await savedRunsIn(root, locks).list()).toEqual([]);
  expect([...root.folders.keys()]).toEqual([]);
});
