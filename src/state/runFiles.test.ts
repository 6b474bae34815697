// What goes into a run file, what becomes of one, and which run goes on from it; the worker's ends played by hand.

import { beforeEach, expect, test } from 'vitest';
import type { RunFile } from '../formats/runFile';
import { NO_RUN, type CommandBody } from '../workers/protocol';
import type { RunFileClient } from '../workers/runFileClient';
import { editOption } from './configurationStore';
import { runFileName } from './runFiles';
import { createSession, type Session } from './session';
import { CATALOGUE, CONFIGURATION, HEADER, NAMES, playedClient, runRecord, updateRecord, type PlayedClient } from './testing';

let client: PlayedClient;
let session: Session;
let written: RunFile[];
let saved: string[];
/** what reading comes to */
let next: RunFile | Error;
const sent = (): CommandBody[] => client.sent.map(({ command }) => command);
const record = (update: number) => ({ ...updateRecord(update), line: { ...updateRecord(update).line, update } });
const message = (): string | null => session.runFiles.store.getState().message;
const STATE = Uint8Array.of(1, 2, 3);

beforeEach(() => {
  client = playedClient();
  [written, saved] = [[], []];
  const files: RunFileClient = {
    read: async () => { if (next instanceof Error) throw next; return next; },
    write: async (run) => { written.push(run); return new Blob(); },
  };
  session = createSession(client, '', () => 0, files);
  session.runFiles.lendHands({ save: (_, name) => saved.push(name), choose: () => {} });
  client.emit(NO_RUN, { kind: 'backend', backend: 'cpu', adapter: '' });
  client.emit(NO_RUN, { kind: 'catalogue', catalogue: CATALOGUE });
});

function playing(updates: number): void {
  session.togglePlay();
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-1', { kind: 'paused', update: 0 });
  for (let update = 1; update <= updates; update++) client.emit('run-1', { kind: 'updates', records: [record(update)] });
  client.sent.length = 0;
}

test('of a live run: the state is asked for, and records go up to it', async () => {
  playing(3);
  const done = session.runFiles.exportRun(true);
  expect(sent()).toEqual([{ kind: 'exportState' }]);
  // one more came before the answer, and one after it
  client.emit('run-1', { kind: 'updates', records: [record(4)] });
  client.emit('run-1', { kind: 'state', update: 4, bytes: STATE });
  client.emit('run-1', { kind: 'updates', records: [record(5)] });
  await done;
  expect(written[0]!.updates.map(({ line }) => line.update)).toEqual([1, 2, 3, 4]);
  expect([written[0]!.state, written[0]!.past, saved]).toEqual([STATE, undefined, ['creditscope-tiny-grpo-seed1-update4.run']]);
  expect(message()).toBe('Saved creditscope-tiny-grpo-seed1-update4.run.');
  await session.runFiles.exportRun(false);
  expect([written[1]!.updates.length, written[1]!.state, sent().length]).toEqual([5, undefined, 1]);
});

test('of a run that went on after a reload: the lines of updates without a record too', async () => {
  session.resume('kept');
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES, past: { lines: [1, 2, 3].map((update) => record(update).line), updates: [record(3)] } });
  client.emit('run-1', { kind: 'paused', update: 3 });
  await session.runFiles.exportRun(false);
  expect(written[0]!.updates.map(({ line }) => line.update)).toEqual([3]);
  expect(written[0]!.past!.map(({ update }) => update)).toEqual([1, 2, 3]);
});

test('where there are no weights, because the worker is gone or the run was stopped, the record alone is saved and said to be', async () => {
  playing(1);
  const done = session.runFiles.exportRun(true);
  client.emit(NO_RUN, { kind: 'crashed', message: 'It failed.' });
  await done;
  expect(written[0]!.state).toBeUndefined();
  expect(message()).toMatch(/its record alone: there are no weights of this run to go on from\.$/);
});

test('without a run nothing is saved', async () => {
  await session.runFiles.exportRun(true);
  expect([written, message()]).toEqual([[], null]);
});

test('a file that can\'t be read, or that holds no update, leaves the run on screen', async () => {
  session.showRecorded(runRecord(2));
  const before = session.run.getState();
  next = new Error('run.header: must be an object, is nothing');
  await session.runFiles.importRun(new Blob(), 'a.run');
  expect(message()).toBe('a.run can’t be opened: run.header: must be an object, is nothing. The run on screen stays as it is.');
  next = runRecord(0);
  await session.runFiles.importRun(new Blob(), 'b.run');
  expect(message()).toMatch(/it holds no update/);
  expect(session.run.getState()).toEqual(before);
});

test('a file with a state goes on with what the page shows of it, and again from the file where the browser keeps nothing', async () => {
  next = { ...runRecord(0), updates: [record(1), record(2)], state: STATE };
  await session.runFiles.importRun(new Blob(), 'a.run');
  expect([session.run.getState().source, session.run.getState().recorded]).toEqual(['recorded', next]);
  session.resumeFile();
  const body = { kind: 'resumeFile', state: STATE, records: next.updates };
  expect(sent()).toEqual([body]);
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES, past: { lines: [record(1).line, record(2).line], updates: [] } });
  client.emit('run-1', { kind: 'paused', update: 2, kept: { problem: 'Full.' } });
  expect(session.run.getState().live!.updates).toEqual(next.updates);
  expect(session.configuration.getState().configuration).toEqual(CONFIGURATION);
  client.emit(NO_RUN, { kind: 'crashed', message: 'It failed.' });
  expect(sent()).toEqual([body, body]);
  // what is exported of the recorded run is the file
  session.chooseSource('recorded');
  await session.runFiles.exportRun(true);
  expect(written[0]).toEqual({ header: next.header, names: next.names, updates: next.updates, state: STATE });
});

test('the setup is that of the file on screen, unless a person has made another or it is of something unknown here', async () => {
  const open = async (change: Partial<typeof CONFIGURATION>): Promise<number | undefined> => {
    next = { ...runRecord(1), header: { ...HEADER, configuration: { ...CONFIGURATION, ...change } } };
    await session.runFiles.importRun(new Blob(), 'a.run');
    return session.configuration.getState().configuration?.seed;
  };
  expect(await open({ seed: 5 })).toBe(5);
  expect(await open({ seed: 6 })).toBe(6);
  for (const unknown of [{ method: 'x' }, { task: 'x' }, { preset: 'x' }]) expect(await open({ seed: 7, ...unknown })).toBe(6);
  editOption(session.configuration, 'seed', CATALOGUE.settings[0]!, '8');
  expect(await open({ seed: 9 })).toBe(8);
});

test('names of files hold nothing that a system refuses', () => {
  const header = { ...HEADER, configuration: { ...CONFIGURATION, preset: '../a b:c', method: 'x'.repeat(200) } };
  expect(runFileName({ header, updates: [record(7)] })).toMatch(/^creditscope-\.\._a_b_c-x{90,110}\.run$/);
});

test('a run that was changed by hand says so when it is opened, and at which updates', async () => {
  const changes = (...updates: number[]) => updates.map((update) => ({ kind: 'settings', update, settings: { 'sampling.temperature': 1.1 } }) as const);
  next = { header: { ...HEADER, interventions: [...changes(7, 3), { kind: 'edits', update: 3, edits: [] }] }, names: NAMES, updates: [record(1)] };
  await session.runFiles.importRun(new Blob(), 'a.run');
  expect(message()).toMatch(/, made on cpu\. It was changed by hand at updates 3, 7: what was changed is listed under Run and marked on its curves\.$/);
  next = { ...next, header: HEADER };
  await session.runFiles.importRun(new Blob(), 'b.run');
  expect(message()).toMatch(/, made on cpu\.$/);
});
