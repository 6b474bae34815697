// What the page shows and asks for when devices and workers are lost.

import { beforeEach, expect, test } from 'vitest';
import { NO_RUN, type CommandBody } from '../workers/protocol';
import { chooseMethod } from './configurationStore';
import { createSession, type Session } from './session';
import { CATALOGUE, CONFIGURATION, HEADER, NAMES, playedClient, updateRecord, type PlayedClient } from './testing';

let client: PlayedClient;
let session: Session;
let now: number;
const sent = (): CommandBody[] => client.sent.map(({ command }) => command);
const training = () => session.training.getState();
const shownUpdates = (): number[] => session.run.getState().live!.updates.map(({ line }) => line.update);
const crash = () => client.emit(NO_RUN, { kind: 'crashed', message: 'The training worker failed (out of memory).' });
const record = (update: number) => ({ ...updateRecord(update), line: { ...updateRecord(update).line, update } });

beforeEach(() => {
  client = playedClient();
  now = 0;
  session = createSession(client, '', () => now);
  client.emit(NO_RUN, { kind: 'backend', backend: 'webgpu', adapter: 'a GPU' });
  client.emit(NO_RUN, { kind: 'catalogue', catalogue: CATALOGUE });
});

/** A run that plays and has three updates, kept up to the second. */
function playing(keptAs: string | undefined): void {
  session.togglePlay();
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-1', { kind: 'paused', update: 0 });
  for (const update of [1, 2, 3]) client.emit('run-1', { kind: 'updates', records: [record(update)], ...(keptAs !== undefined && { keptAs }) });
  client.sent.length = 0;
}

test('a rollback takes back what was begun and shows its sentence; the run keeps its updates and plays on', () => {
  playing(undefined);
  client.emit('run-1', { kind: 'phase', update: 4, phase: 'score', record: { sample: record(4).sample } });
  expect(session.run.getState().position).toBe(3);
  client.emit('run-1', { kind: 'rolledBack', update: 3, message: 'Update 4 was broken off.' });
  expect([shownUpdates(), session.run.getState().position, session.run.getState().phase, training().running, training().notice]).toEqual([[1, 2, 3], 2, 'update', null, 'Update 4 was broken off.']);
  expect(session.run.getState().live!.pending).toBeUndefined();
  client.emit('run-1', { kind: 'rolledBack', update: 3, message: 'It goes on.', header: { ...HEADER, adapter: 'another' } });
  expect([session.run.getState().live!.header.adapter, training().notice, training().status.kind]).toEqual(['another', 'It goes on.', 'training']);
  client.emit('run-1', { kind: 'updates', records: [record(4)] });
  expect(shownUpdates()).toEqual([1, 2, 3, 4]);
});

test('when the worker crashes a new one resumes the kept run and plays on; updates past the kept state are made again', () => {
  playing('folder');
  crash();
  expect(sent()).toEqual([{ kind: 'resume', id: 'folder' }]);
  expect([training().status.kind, training().notice]).toEqual(['preparing', 'The training worker failed (out of memory).']);
  // the new worker introduces itself; the setup stays as it is
  chooseMethod(session.configuration, 'capo');
  client.emit(NO_RUN, { kind: 'catalogue', catalogue: CATALOGUE });
  const past = { lines: [record(1).line, record(2).line], updates: [record(2)] };
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES, past });
  client.emit('run-1', { kind: 'paused', update: 2, kept: { update: 2 }, keptAs: 'folder' });
  expect(session.configuration.getState().configuration!.method).toBe('capo');
  expect(shownUpdates(), 'the page still has the record of update 1').toEqual([1, 2]);
  expect(sent().at(-1)).toEqual({ kind: 'play' });
  expect(training().notice).toBe('The training worker failed (out of memory). Training is back at update 2 and goes on in a new worker.');
});

test('a run that waited waits again; without anything kept it begins anew', () => {
  playing(undefined);
  client.emit('run-1', { kind: 'paused', update: 3 });
  crash();
  expect(sent()).toEqual([{ kind: 'start', configuration: CONFIGURATION }]);
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-1', { kind: 'paused', update: 0 });
  expect([sent().length, training().status.kind, shownUpdates()]).toEqual([1, 'paused', []]);
  expect(training().notice).toContain('The run begins anew in a new worker.');
});

test('a second crash within a minute asks for the processor, a third stops the run', () => {
  playing('folder');
  crash();
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES, past: { lines: [], updates: [] } });
  client.emit('run-1', { kind: 'paused', update: 0, keptAs: 'folder' });
  now = 59_000;
  crash();
  expect(sent().at(-1)).toEqual({ kind: 'resume', id: 'folder', noGpuBecause: 'The training worker failed twice within a minute.' });
  crash();
  expect(training().status).toMatchObject({ kind: 'stopped', message: expect.stringContaining('third time within a minute') });
  now = 200_000;
  session.reset();
  session.togglePlay();
  crash();
  expect(sent().at(-1)).toEqual({ kind: 'start', configuration: CONFIGURATION });
});

test('a crash while there is no run starts none', () => {
  crash();
  expect(sent()).toEqual([]);
  expect(training().notice).toBe('The training worker failed (out of memory).');
});

test('a crash while a kept run is made ready asks for it again', () => {
  session.resume('folder', true);
  client.sent.length = 0;
  crash();
  expect(sent()).toEqual([{ kind: 'resume', id: 'folder', isCopy: true }]);
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES, past: { lines: [record(1).line], updates: [record(1)] } });
  client.emit('run-1', { kind: 'paused', update: 1, keptAs: 'copy' });
  expect([training().status.kind, shownUpdates()]).toEqual(['paused', [1]]);
  expect(training().notice).toContain('Training is back at update 1 and goes on in a new worker.');
  // a copy is not copied once more
  now = 100_000;
  crash();
  expect(sent().at(-1)).toEqual({ kind: 'resume', id: 'copy' });
});

test('what the page holds of another run is not taken for that of the one that is made ready', () => {
  playing(undefined);
  client.emit('run-1', { kind: 'paused', update: 3 });
  session.resume('other');
  client.sent.length = 0;
  crash();
  expect(sent()).toEqual([{ kind: 'resume', id: 'other' }]);
  client.emit('run-2', { kind: 'header', header: HEADER, names: NAMES, past: { lines: [1, 2, 3].map((update) => record(update).line), updates: [record(3)] } });
  expect(shownUpdates()).toEqual([3]);
});

test('a run that could not be made ready is not asked for by a new worker', () => {
  session.resume('folder');
  client.emit('run-1', { kind: 'error', message: 'This run is open in another tab.' });
  client.sent.length = 0;
  crash();
  expect([sent(), training().status.kind]).toEqual([[], 'idle']);
});
