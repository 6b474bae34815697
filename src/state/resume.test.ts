// A run that the browser kept: offered, gone on with, forgotten; and what the page knows of its past.

import { beforeEach, expect, it } from 'vitest';
import { NO_RUN, type SavedRunEntry } from '../workers/protocol';
import { linesOf, placeOfUpdate, shownRun } from './runStore';
import { createSession, type Session } from './session';
import { CATALOGUE, CONFIGURATION, HEADER, NAMES, playedClient, runRecord, updateRecord, type PlayedClient } from './testing';

const ENTRY = { kind: 'whole', id: 'one', configuration: { ...CONFIGURATION, seed: 7 }, updates: 4, savedAt: 0 } as const satisfies SavedRunEntry;
const lines = [1, 2, 3, 4].map((update) => updateRecord(update).line);
let client: PlayedClient;
let session: Session;

beforeEach(() => {
  client = playedClient();
  session = createSession(client);
  client.emit(NO_RUN, { kind: 'backend', backend: 'cpu', adapter: '' });
  client.emit(NO_RUN, { kind: 'catalogue', catalogue: CATALOGUE });
  client.emit(NO_RUN, { kind: 'savedRuns', runs: [ENTRY] });
  session.showRecorded(runRecord(2));
});

function resumed(records = [2, 4]): void {
  session.resume('one');
  client.emit('run-1', { kind: 'header', header: { ...HEADER, configuration: ENTRY.configuration }, names: NAMES, past: { lines, updates: records.map(updateRecord) } });
  client.emit('run-1', { kind: 'paused', update: 4, kept: { update: 4 } });
}

it('is asked for as a run of its own, and stands at its latest kept answers with its setup', () => {
  expect(session.saved.getState().runs).toEqual([ENTRY]);
  resumed();
  expect(client.sent).toEqual([{ run: 'run-1', command: { kind: 'resume', id: 'one' } }]);
  expect(session.run.getState()).toMatchObject({ source: 'live', position: 1, phase: 'update', isFollowing: true, problem: 1 });
  expect(session.configuration.getState()).toMatchObject({ configuration: { seed: 7 }, applied: { seed: 7 } });
  expect(session.training.getState().status.kind).toBe('paused');
  expect(session.saved.getState().kept).toEqual({ update: 4 });
});

it('has the lines of all its updates, and goes on with more', () => {
  resumed();
  session.nextUpdate();
  expect(client.sent.at(-1)).toEqual({ run: 'run-1', command: { kind: 'nextUpdate' } });
  client.emit('run-1', { kind: 'updates', records: [updateRecord(5)], kept: { update: 5 } });
  const run = shownRun(session.run.getState())!;
  expect(linesOf(run).map(({ update }) => update)).toEqual([1, 2, 3, 4, 5]);
  expect(run.updates.map(({ line }) => line.update)).toEqual([2, 4, 5]);
  expect(session.saved.getState().kept).toEqual({ update: 5 });
});

it('shows the record of an update that is pointed at, or the one before it', () => {
  resumed();
  const run = shownRun(session.run.getState())!;
  expect([1, 2, 3, 4, 9].map((update) => placeOfUpdate(run, update))).toEqual([0, 0, 0, 1, 1]);
  session.showUpdate(3);
  expect(session.run.getState()).toMatchObject({ position: 0, isFollowing: false });
});

it('has an empty stage when no record was kept, and follows the next update', () => {
  resumed([]);
  expect(session.run.getState()).toMatchObject({ position: 0, phase: 'sample' });
  client.emit('run-1', { kind: 'updates', records: [updateRecord(5)] });
  expect(session.run.getState()).toMatchObject({ position: 0, phase: 'update' });
  expect(linesOf(shownRun(session.run.getState())!)).toHaveLength(5);
});

it('that is refused leaves the recorded run on the page, and another can be started', () => {
  session.resume('one');
  client.emit('run-1', { kind: 'error', message: 'This run is open in another tab.' });
  expect(session.training.getState()).toMatchObject({ error: 'This run is open in another tab.', status: { kind: 'idle' } });
  expect(session.run.getState().source).toBe('recorded');
  session.togglePlay();
  expect(client.sent.at(-1)).toMatchObject({ run: 'run-2', command: { kind: 'start', configuration: { seed: 1 } } });
});

it('is not gone on with while another trains', () => {
  session.togglePlay();
  session.resume('one');
  expect(client.sent.map(({ command }) => command.kind)).toEqual(['start']);
});

it('is forgotten by its name; what is known of saving belongs to the live run', () => {
  session.forget('one');
  expect(client.sent.at(-1)?.command).toEqual({ kind: 'forget', id: 'one' });
  resumed();
  client.emit('run-1', { kind: 'updates', records: [updateRecord(5)], kept: { problem: 'Full.' } });
  expect(session.saved.getState().kept).toEqual({ problem: 'Full.' });
  session.reset();
  expect(session.saved.getState().kept).toBeNull();
});
