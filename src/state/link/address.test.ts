// The address follows the place, and a link is opened: in the run that has its recipe, or waiting in the setup for Play.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordedComparison } from '../../formats/comparisonFile';
import type { Comparison } from '../../lab/fidelity/compare';
import { NO_RUN } from '../../workers/protocol';
import { OPENING_FORM, OPENING_PLACE } from '../compareStore';
import { editOption } from '../configurationStore';
import { createSession, type Session } from '../session';
import { CATALOGUE, CONFIGURATION, HEADER, NAMES, playedClient, runRecord, updateRecord, type PlayedClient } from '../testing';
import { followAddress, WRITE_INTERVAL_MS, type AddressBar } from './address';
import { settleBeside, writeLinkOf } from './sessionLink';

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

  it('says where a person went before the worker had said what there is', () => {
    client = playedClient();
    session = createSession(client);
    address = bar('');
    followAddress(session, address);
    session.showRecorded(runRecord(3));
    session.run.setState({ selection: { answer: 1, token: 0 } });
    settle();
    expect(address.written).toEqual([]);
    client.emit(NO_RUN, { kind: 'catalogue', catalogue: CATALOGUE });
    settle();
    expect(address.written).toEqual(['#v=1&p=tiny&at=0.4.1']);
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
    expect(session.link.getState().text).toContain('seed=5000');
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

describe('what else the view is made of', () => {
  // three tokens an answer, so that there is a span
  const long = (update: number) => {
    const record = updateRecord(update);
    return { ...record, sample: { ...record.sample, width: 3, tokens_NT: new Uint32Array(12), lengths_N: Uint32Array.of(3, 3, 3, 2) } };
  };
  const openLong = (hash: string): void => {
    open('');
    session.showRecorded({ ...runRecord(1), updates: [long(1)] });
    address.put(hash);
  };

  it('pins, a span and the locked scale come back', () => {
    openLong('');
    session.run.setState({
      problem: 1, selection: { answer: 0, token: 2, until: 0 }, pins: [{ answer: 1, token: 1 }, { answer: 0, token: 0 }, { answer: 1, token: 2 }],
      scope: 'run', isRoot: true, channel: 'entropy', locked: { channel: 'entropy', center: 0.5, limit: 1.23456789 },
    });
    settle();
    const [written] = address.written;
    // the answer has two tokens: its third cannot be kept
    expect(written).toBe('#v=1&p=tiny&at=1.3.3.1&ch=entropy&scope=run&root=1&scale=1.23457+0.5&pins=4.2+3.1');
    openLong(written!);
    expect(session.run.getState()).toMatchObject({
      problem: 1, selection: { answer: 0, token: 2, until: 0 }, pins: [{ answer: 1, token: 1 }, { answer: 0, token: 0 }],
      scope: 'run', isRoot: true, locked: { channel: 'entropy', center: 0.5, limit: 1.23457 },
    });
    expect(session.link.getState().ignored).toEqual([]);
    address.put('#v=1&p=tiny&at=1.3');
    expect(session.run.getState()).toMatchObject({ selection: null, pins: [], scope: 'group', isRoot: false, locked: null });
  });

  it('what the record does not have is told', () => {
    openLong('#v=1&p=tiny&at=1.3.2.9&pins=1.1+4.3+3.3');
    expect(session.run.getState()).toMatchObject({ selection: { answer: 0, token: 1 }, pins: [{ answer: 0, token: 2 }] });
    expect(session.run.getState().selection).not.toHaveProperty('until');
    expect(session.link.getState().ignored).toEqual(['Answer 3 has 3 tokens; the span cannot reach to token 9.', 'Of the tokens kept for comparison 2 are not among the answers of this problem.']);
  });

  const { sample, score } = long(1);
  const comparison = { sample, score, methods: [{ name: 'grpo' }, { name: 'capo' }] } as unknown as Comparison;
  const recorded = { update: 0, comparison } as RecordedComparison;

  it('the place in the comparison comes back, also when the comparison comes late', () => {
    openLong('');
    session.stage.setState({ view: 'compare' });
    const place = { problem: 1, answer: 1, token: 1, method: 'capo', unfolded: ['grpo'], lockedLimit: 2, sortedBy: 'leak' as const, treeMethod: null, scaling: 'raw' as const };
    session.compare.setState({ recorded, ...place, form: { ...OPENING_FORM, methods: ['capo', 'grpo'], problems: '4' } });
    settle();
    const written = address.written.at(-1)!;
    expect(written).toBe('#v=1&p=tiny&at=1.3&view=compare&c.at=2.2.2&c.method=capo&c.open=grpo&c.scale=raw&c.full=2&c.sort=leak&c.with=capo+grpo&c.size=4.8');
    openLong(written);
    expect(session.compare.getState()).toMatchObject({ ...OPENING_PLACE, scaling: 'raw', form: { methods: ['capo', 'grpo'], problems: '4', answers: '8' } });
    session.show(0, 'credit');
    settle();
    expect(address.written.at(-1)).toBe(written.replace('&view', '&phase=credit&view'));
    session.compare.setState({ recorded });
    expect(session.compare.getState()).toMatchObject({ ...place, wanted: null });
    expect(session.link.getState().ignored).toEqual([]);
    address.put('#v=1&p=tiny&view=compare');
    expect(session.compare.getState()).toMatchObject({ ...OPENING_PLACE, scaling: 'largest', form: OPENING_FORM });
  });

  it.each([
    ['c.at=9.1.1', { problem: null, answer: null, token: null }, ['The comparison has 2 problems; there is no problem 9.']],
    ['c.at=2.7.1', { problem: 1, answer: null, token: null }, ['Problem 2 of the comparison has 2 answers; there is no answer 7.']],
    ['c.at=0.2.3', { problem: null, answer: 1, token: null }, ['Answer 2 of the comparison has 2 tokens; there is no token 3.']],
    ['c.at=0.0.4', { problem: null, answer: null, token: null }, ['An answer of the comparison has 3 tokens; there is no token 4.']],
    ['c.method=__proto__&c.open=__proto__+capo+x&c.tree=toString', { method: null, unfolded: ['capo'], treeMethod: null }, ['The comparison has no method “__proto__”.', 'The comparison has no method “x”.', 'The comparison has no method “toString”.']],
    ['c.with=ppo+capo', { form: { ...OPENING_FORM, methods: ['capo'] } }, ['“ppo” is no method that can be compared.']],
  ])('%s is held against the comparison', (fields, expected, sentences) => {
    openLong('');
    session.compare.setState({ recorded });
    address.put(`#v=1&p=tiny&view=compare&${fields}`);
    expect(session.compare.getState()).toMatchObject(expected);
    expect([...session.link.getState().ignored].sort()).toEqual([...sentences].sort());
  });

  it('a link to the answers on screen in the comparison opens there', () => {
    openLong('');
    session.stage.setState({ view: 'compare' });
    session.compare.setState({ recorded, source: 'screen' });
    settle();
    const written = address.written.at(-1)!;
    expect(written).toBe('#v=1&p=tiny&at=1.3&view=compare&c.on=screen');
    address.put('#v=1&p=tiny&view=compare');
    expect(session.compare.getState().source).toBe('truth');
    address.put(written);
    expect(session.compare.getState().source).toBe('screen');
    address.put('#v=1&p=tiny&view=compare&c.on=__proto__');
    expect(session.compare.getState().source).toBe('truth');
    expect(session.link.getState().ignored).toEqual(['c.on = “__proto__” is not known here.']);
  });

  it.each([
    ['c.beside=grpo+capo', ['grpo', 'capo'], ['grpo', 'capo'], []],
    ['c.beside=-', [], [], []],
    ['c.beside=grpo+__proto__', ['grpo', '__proto__'], ['grpo'], ['“__proto__” is no method that can be compared.']],
    ['c.beside=toString', ['toString'], null, ['“toString” is no method that can be compared.']],
    ['c.beside=%3Cb%3E', null, null, ['c.beside = “<b>” is not known here.']],
    ['c.beside=a+a+b+c+d+e+f', ['a', 'b', 'c', 'd', 'e'], null, ['c.beside names a method twice.', 'c.beside names 6 methods; the first 5 are used.', ...['a', 'b', 'c', 'd', 'e'].map((name) => `“${name}” is no method that can be compared.`)]],
  ])('the methods beside the run’s own are in the link of the answers on screen: %s', (field, read, kept, sentences) => {
    openLong('');
    address.put(`#v=1&p=tiny&view=compare&c.on=screen&${field}`);
    expect(session.compare.getState()).toMatchObject({ source: 'screen', beside: read });
    settleBeside(session, ['grpo', 'capo', 'ppo']);
    expect(session.compare.getState().beside).toEqual(kept);
    expect(session.link.getState().ignored).toEqual(sentences);
    // as it was kept, it is written
    expect(writeLinkOf(session)).toBe(`v=1&p=tiny&at=1.3&view=compare&c.on=screen${kept === null ? '' : `&c.beside=${kept.length === 0 ? '-' : kept.join('+')}`}`);
    address.put('#v=1&p=tiny&view=compare');
    expect(session.compare.getState().beside).toBeNull();
  });

  it('a comparison made on the page of the link is made again; then its place is shown', () => {
    openLong('');
    session.compare.setState({ recorded });
    address.put('#v=1&p=tiny&view=compare&c.at=2.2&c.made=12');
    expect(session.compare.getState().answer).toBeNull();
    expect(session.link.getState().ignored[0]).toMatch(/made after update 12 and is not kept\. Compare makes one again/);
    session.compare.setState({ ...OPENING_PLACE, shown: { comparison, names: NAMES, update: 0 } });
    expect(session.compare.getState()).toMatchObject({ problem: 1, answer: 1, wanted: null });
    settle();
    expect(address.written.at(-1)).toBe('#v=1&p=tiny&at=1.3&view=compare&c.at=2.2&c.made=0');
    // and the recorded one is out of sight now
    address.put('#v=1&p=tiny&view=compare&c.at=1.1');
    expect(session.compare.getState().problem).toBeNull();
    expect(session.link.getState().ignored).toEqual(['The link points into the recorded comparison; you see the one that was made here.']);
  });
});
