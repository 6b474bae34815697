// The address follows the place, and a link is opened: in the run that has its recipe, or waiting in the setup for Play.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_RUN } from '../../workers/protocol';
import { editOption } from '../configurationStore';
import { createSession, type Session } from '../session';
import { CATALOGUE, CONFIGURATION, HEADER, NAMES, playedClient, runRecord, updateRecord, type PlayedClient } from '../testing';
import { followAddress, WRITE_INTERVAL_MS, type AddressBar } from './address';

interface Bar extends AddressBar { written: string[]; put(hash: string): void }

function bar(hash: string): Bar {
  let now = hash;
  const listeners = new Set<() => void>();
  const written: string[] = [];
  return {
    written, hash: () => now,
    replace: (next) => { written.push((now = next)); },
    onChange: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    put(next) {
      now = next;
      for (const listener of listeners) listener();
    },
  };
}

let client: PlayedClient;
let session: Session;
let address: Bar;

function open(hash: string, { updates = 3 } = {}): void {
  client = playedClient();
  session = createSession(client);
  address = bar(hash);
  followAddress(session, address);
  client.emit(NO_RUN, { kind: 'catalogue', catalogue: CATALOGUE });
  // the records of this run are of updates 0, 1, 2
  session.showRecorded({ ...runRecord(updates), updates: Array.from({ length: updates }, (_, i) => updateRecord(i + 1)) });
}

const settle = (): void => void vi.advanceTimersByTime(WRITE_INTERVAL_MS);

beforeEach(() => { vi.useFakeTimers(); });

describe('writing', () => {
  it('leaves the address alone until something changes, then says recipe and place', () => {
    open('');
    settle();
    expect(address.written).toEqual([]);
    session.nextUpdate();
    session.run.setState({ selection: { answer: 1, token: 0 }, channel: 'entropy' });
    settle();
    expect(address.written).toEqual(['#v=1&p=tiny&at=2.4.1&ch=entropy']);
  });

  it('writes at most once in the interval, and the last state', () => {
    open('');
    for (let i = 0; i < 50; i++) session.show(i % 3, 'update');
    vi.advanceTimersByTime(WRITE_INTERVAL_MS - 1);
    expect(address.written).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(address.written).toEqual(['#v=1&p=tiny&at=2.3']);
    session.nextPhase();
    settle();
    expect(address.written).toEqual(['#v=1&p=tiny&at=2.3', '#v=1&p=tiny&at=3.3&phase=sample']);
  });

  it('says the setup, without a place, once a person has made another recipe there', () => {
    open('');
    editOption(session.configuration, 'seed', CATALOGUE.settings[0]!, '7');
    settle();
    expect(address.written).toEqual(['#v=1&p=tiny&seed=7']);
  });

  it('says the live run while that is on screen, whatever the setup says', () => {
    open('');
    session.togglePlay();
    client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES });
    client.emit('run-1', { kind: 'updates', records: [updateRecord(1), updateRecord(2)] });
    editOption(session.configuration, 'seed', CATALOGUE.settings[0]!, '7');
    settle();
    expect(address.written).toEqual(['#v=1&p=tiny&at=2.3']);
  });

  it('keeps how the teacher wants the page', () => {
    open('#v=1&lock=seed&present=1');
    session.nextUpdate();
    settle();
    expect(address.written).toEqual(['#v=1&p=tiny&at=2.3&lock=seed&present=1']);
  });
});

describe('opening', () => {
  it('shows the place in the recorded run of the same recipe', () => {
    open('#v=1&p=tiny&at=2.4.1&phase=credit&ch=entropy&view=compare');
    expect(session.run.getState()).toMatchObject({ position: 1, phase: 'credit', problem: 1, selection: { answer: 1, token: 0 }, channel: 'entropy' });
    expect(session.stage.getState().view).toBe('compare');
    expect(session.link.getState()).toMatchObject({ ignored: [], waiting: null });
    settle();
    expect(address.written).toEqual([]);
  });

  it('puts another recipe into the setup, and offers Play', () => {
    open('#v=1&p=tiny&seed=7&at=2.4.1');
    expect(session.configuration.getState().configuration).toMatchObject({ ...CONFIGURATION, seed: 7 });
    expect(session.run.getState()).toMatchObject({ position: 0, selection: null });
    expect(session.link.getState().waiting).toMatch(/Play trains it\. It points at update 2, answer 4 of the batch, token 1\.$/);
    expect(client.sent).toEqual([]);
    session.togglePlay();
    expect(client.sent[0]!.command).toMatchObject({ kind: 'start', configuration: { seed: 7 } });
  });

  it('lists what was not used, and shows the nearest place', () => {
    open('#v=1&p=tiny&seed=5000&at=9.77.3&ch=row%3Anone&zzz=1');
    const { ignored, waiting } = session.link.getState();
    expect(ignored).toEqual(['seed = “5000” is not a whole number from 0 to 100; 100 is used.', '“zzz” is no key of a link.']);
    expect(waiting).not.toBeNull();
    open('#v=1&p=tiny&at=9.77.3&ch=row%3Anone');
    expect(session.link.getState().ignored).toEqual([
      'This run has no record of update 9; update 3 is shown.', 'This run has no such channel; the advantage is shown.', 'This update has 4 answers; there is no answer 77.',
    ]);
    expect(session.run.getState().position).toBe(2);
    open('#v=1&p=tiny&at=1.4.9');
    expect(session.link.getState().ignored).toEqual(['Answer 4 has 1 tokens; there is no token 9.']);
    expect(session.run.getState()).toMatchObject({ problem: 1, selection: null });
  });

  it('goes to the recorded run from a live one of another recipe', () => {
    open('');
    editOption(session.configuration, 'seed', CATALOGUE.settings[0]!, '7');
    session.togglePlay();
    client.emit('run-1', { kind: 'header', header: { ...HEADER, configuration: { ...CONFIGURATION, seed: 7 } }, names: NAMES });
    client.emit('run-1', { kind: 'updates', records: [updateRecord(1)] });
    address.put('#v=1&p=tiny&at=3');
    expect(session.run.getState()).toMatchObject({ source: 'recorded', position: 2 });
    address.put('#v=1&p=tiny&seed=7&at=1.2');
    expect(session.run.getState()).toMatchObject({ source: 'live', position: 0, problem: 0 });
    expect(session.link.getState().waiting).toBeNull();
  });

  it('without a worker shows the place and says that the recipe was not read', () => {
    session = createSession(null, 'No workers here.');
    address = bar('#v=1&p=tiny&seed=3&at=2');
    followAddress(session, address);
    session.showRecorded({ ...runRecord(2), updates: [updateRecord(1), updateRecord(2)] });
    expect(session.run.getState().position).toBe(1);
    expect(session.link.getState().ignored).toHaveLength(1);
    session.show(0, 'update');
    settle();
    expect(address.written).toEqual([]);
  });

  it('knows how the teacher wants the page before anything else is there', () => {
    session = createSession(playedClient());
    followAddress(session, bar('#hide=setup&lock=seed'));
    expect(session.link.getState().classroom.controls).toEqual({ setup: 'hide', seed: 'lock' });
  });
});
