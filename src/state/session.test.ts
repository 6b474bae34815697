import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Phase } from '../lab/record';
import { NO_RUN } from '../workers/protocol';
import { shownUpdate } from './runStore';
import { createSession, type Session } from './session';
import { badgeText } from './trainingStore';
import { CATALOGUE, CONFIGURATION, HEADER, NAMES, playedClient, runRecord, updateRecord, type PlayedClient } from './testing';

let client: PlayedClient;
let session: Session;
const kinds = (): string[] => client.sent.map(({ command }) => command.kind);
const place = (): [number, Phase] => [session.run.getState().position, session.run.getState().phase];
const status = (): string => session.training.getState().status.kind;

beforeEach(() => {
  client = playedClient();
  session = createSession(client);
  client.emit(NO_RUN, { kind: 'backend', backend: 'cpu', adapter: '', reason: 'no WebGPU' });
  client.emit(NO_RUN, { kind: 'catalogue', catalogue: CATALOGUE });
});

function startLive(): void {
  session.togglePlay();
  client.emit('run-1', { kind: 'preparing', done: 1, total: 2 });
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-1', { kind: 'paused', update: 0 });
}

describe('a recorded run', () => {
  beforeEach(() => session.showRecorded(runRecord(3)));

  it('opens at the first update on the problem that is half right', () => {
    expect(place()).toEqual([0, 'update']);
    expect(session.run.getState().problem).toBe(1);
  });

  it('is stepped through phase by phase and back, without the worker', () => {
    session.nextPhase();
    expect(place()).toEqual([1, 'sample']);
    expect(Object.keys(shownUpdate(session.run.getState())!)).toEqual(['sample']);
    session.nextPhase();
    session.nextPhase();
    expect(place()).toEqual([1, 'critique']);
    expect(Object.keys(shownUpdate(session.run.getState())!)).toEqual(['sample', 'score', 'critique']);
    session.back();
    session.back();
    session.back();
    expect(place()).toEqual([0, 'update']);
    session.back();
    expect(place()).toEqual([0, 'update']);
    expect(client.sent).toEqual([]);
  });

  it('is stepped through update by update; a half shown update is completed first', () => {
    session.nextUpdate();
    expect(place()).toEqual([1, 'update']);
    session.nextPhase();
    session.nextUpdate();
    expect(place()).toEqual([2, 'update']);
    session.back();
    expect(place()).toEqual([1, 'update']);
  });

  it('goes on with training past its end', () => {
    session.show(2, 'update');
    session.nextUpdate();
    expect(client.sent).toEqual([{ run: 'run-1', command: { kind: 'start', configuration: CONFIGURATION } }]);
    client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES });
    client.emit('run-1', { kind: 'paused', update: 0 });
    expect(kinds()).toEqual(['start', 'nextUpdate']);
    expect(status()).toBe('stepping');
  });

  it('clamps a place that does not exist', () => {
    session.show(99, 'update');
    expect(place()).toEqual([2, 'update']);
    session.show(-5.5, 'update');
    expect(place()).toEqual([0, 'update']);
  });
});

describe('a live run', () => {
  it('prepares, then plays, then pauses', () => {
    startLive();
    expect(kinds()).toEqual(['start', 'play']);
    expect(status()).toBe('training');
    client.emit('run-1', { kind: 'updates', records: [updateRecord(0)] });
    client.emit('run-1', { kind: 'updates', records: [updateRecord(1)] });
    expect(place()).toEqual([1, 'update']);
    session.togglePlay();
    expect(kinds()).toEqual(['start', 'play', 'pause']);
    expect(status()).toBe('pausing');
    client.emit('run-1', { kind: 'paused', update: 2 });
    expect(status()).toBe('paused');
    session.togglePlay();
    expect(kinds().at(-1)).toBe('play');
  });

  it('stays where the reader went while training goes on', () => {
    startLive();
    for (let update = 0; update < 3; update++) client.emit('run-1', { kind: 'updates', records: [updateRecord(update)] });
    session.show(1, 'update');
    client.emit('run-1', { kind: 'updates', records: [updateRecord(3)] });
    expect(place()).toEqual([1, 'update']);
    session.followLive();
    expect(place()).toEqual([3, 'update']);
  });

  it('shows each phase while stepping and asks for the next at the newest', () => {
    startLive();
    const record = updateRecord(0);
    client.emit('run-1', { kind: 'phase', update: 0, phase: 'sample', record: { sample: record.sample } });
    client.emit('run-1', { kind: 'paused', update: 0 });
    expect(place()).toEqual([0, 'sample']);
    session.nextPhase();
    expect(kinds().at(-1)).toBe('nextPhase');
    client.emit('run-1', { kind: 'phase', update: 0, phase: 'score', record: { sample: record.sample, score: record.score } });
    client.emit('run-1', { kind: 'paused', update: 0 });
    session.back();
    expect(place()).toEqual([0, 'sample']);
    const commands = client.sent.length;
    session.nextPhase();
    expect(place()).toEqual([0, 'score']);
    expect(client.sent.length).toBe(commands);
    client.emit('run-1', { kind: 'updates', records: [record] });
    expect(place()).toEqual([0, 'update']);
    expect(session.run.getState().live?.pending).toBeUndefined();
  });

  it('does not send a second command while one is under way', () => {
    startLive();
    client.emit('run-1', { kind: 'paused', update: 0 });
    session.nextUpdate();
    session.nextUpdate();
    session.nextPhase();
    expect(kinds()).toEqual(['start', 'play', 'nextUpdate']);
  });

  it('is dropped by a reset, and its late events with it', () => {
    session.showRecorded(runRecord(2));
    startLive();
    client.emit('run-1', { kind: 'updates', records: [updateRecord(0)] });
    session.reset();
    expect(kinds().at(-1)).toBe('reset');
    client.emit('run-1', { kind: 'updates', records: [updateRecord(1)] });
    client.emit('run-1', { kind: 'paused', update: 2 });
    expect(session.run.getState()).toMatchObject({ live: null, source: 'recorded', position: 0 });
    expect(status()).toBe('idle');
    session.togglePlay();
    expect(client.sent.at(-1)?.run).toBe('run-2');
  });

  it('keeps its record when it stops, says why, and needs a reset to train again', () => {
    startLive();
    client.emit('run-1', { kind: 'updates', records: [updateRecord(0)] });
    client.emit('run-1', { kind: 'stopped', reason: 'non-finite', update: 1, tensor: 'logits', message: 'logits are not finite in update 1' });
    expect(session.training.getState().status).toMatchObject({ kind: 'stopped', message: 'logits are not finite in update 1' });
    session.togglePlay();
    expect(kinds()).toEqual(['start', 'play']);
    expect(session.run.getState().live?.updates.length).toBe(1);
  });

  it('says what a failed start was about and can be started again', () => {
    session.togglePlay();
    client.emit('run-1', { kind: 'error', message: 'unknown preset "x"' });
    expect(session.training.getState()).toMatchObject({ error: 'unknown preset "x"', status: { kind: 'idle' } });
    session.togglePlay();
    expect(kinds()).toEqual(['start', 'start']);
  });
});

it('tells the worker of a pause between updates at once, and again before another run plays', () => {
  startLive();
  session.pace.setState({ pauseMs: 3000 });
  session.pace.setState({ speed: 2 });
  session.reset();
  session.togglePlay();
  client.emit('run-2', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-2', { kind: 'paused', update: 0 });
  expect(kinds()).toEqual(['start', 'play', 'pace', 'reset', 'start', 'pace', 'play']);
  expect(client.sent.map(({ run, command }) => (command.kind === 'pace' ? [run, command.pauseMs] : null)).filter((told) => told !== null)).toEqual([['run-1', 3000], ['run-2', 3000]]);
});

describe('without training', () => {
  it('replays the recorded run by itself and stops at its end', () => {
    vi.useFakeTimers();
    try {
      const alone = createSession(null, 'No worker.');
      alone.showRecorded(runRecord(3));
      alone.togglePlay();
      expect(alone.training.getState().status.kind).toBe('replaying');
      vi.advanceTimersByTime(10_000);
      expect(alone.run.getState().position).toBe(2);
      expect(alone.training.getState().status.kind).toBe('idle');
      alone.togglePlay();
      expect(alone.run.getState().position).toBe(0);
      // another speed holds from the next update on
      alone.pace.setState({ speed: 4 });
      vi.advanceTimersByTime(700 + 175);
      expect(alone.run.getState().position).toBe(2);
      alone.showRecorded(runRecord(3));
      alone.togglePlay();
      expect(alone.training.getState().status.kind).toBe('idle');
    } finally {
      vi.useRealTimers();
    }
  });

  it('says so on the badge', () => {
    expect(badgeText(createSession(null).training.getState().backend)).toBe('Replay');
    expect(badgeText({ kind: 'webgpu', adapter: 'SwiftShader' })).toBe('WebGPU SwiftShader');
    expect(badgeText({ kind: 'cpu', adapter: 'x', reason: 'y' })).toBe('CPU');
    expect(badgeText({ kind: 'cpu', adapter: 'x', threads: 1 })).toBe('CPU');
    expect(badgeText({ kind: 'cpu', adapter: 'x', threads: 6 })).toBe('CPU, 6 threads');
  });

  it('falls back to replay when the worker dies before it said anything', () => {
    const dying = playedClient();
    const dead = createSession(dying);
    dying.emit(NO_RUN, { kind: 'error', message: 'The worker could not start.' });
    expect(dead.training.getState()).toMatchObject({ backend: { kind: 'replay', reason: 'The worker could not start.' }, error: 'The worker could not start.' });
  });

  it('ends the conversation', () => {
    session.dispose();
    client.emit(NO_RUN, { kind: 'error', message: 'late' });
    expect(session.training.getState().error).toBeNull();
    expect(client.isDisposed()).toBe(true);
  });
});

it('does not start with a value that was refused', async () => {
  const { editOption } = await import('./configurationStore');
  editOption(session.configuration, 'seed', CATALOGUE.settings[0]!, '-1');
  session.togglePlay();
  expect(client.sent).toEqual([]);
  expect(session.training.getState().error).toContain('Seed');
});

it('restarts with changed values as a new run', async () => {
  const { editOption } = await import('./configurationStore');
  startLive();
  editOption(session.configuration, 'seed', CATALOGUE.settings[0]!, '7');
  session.restart();
  expect(client.sent.at(-1)).toMatchObject({ run: 'run-2', command: { kind: 'start', configuration: { seed: 7 } } });
  client.emit('run-2', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-2', { kind: 'paused', update: 0 });
  expect(kinds().at(-1)).toBe('play');
});

it('restarts into playing when Play was pressed and the run is still being prepared', async () => {
  const { editOption } = await import('./configurationStore');
  session.togglePlay();
  client.emit('run-1', { kind: 'preparing', done: 1, total: 2 });
  editOption(session.configuration, 'seed', CATALOGUE.settings[0]!, '7');
  session.restart();
  client.emit('run-2', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-2', { kind: 'paused', update: 0 });
  expect(kinds()).toEqual(['start', 'reset', 'start', 'play']);
});
