import { beforeEach, expect, it } from 'vitest';
import type { WhatIfResult } from '../lab/whatIf/whatIf';
import type { WhatIfReply, WhatIfRequest } from '../workers/whatIfMessages';
import { createRunStore, shownUpdate } from './runStore';
import { HEADER, NAMES, runRecord, updateRecord } from './testing';
import { createWhatIf, isOf, withWhatIf } from './whatIf';

const RESULT: WhatIfResult = { ...updateRecord(1), coefficient_NT: Float32Array.of(1, 2, 3, 4) };
let sent: WhatIfRequest[] = [];
let answer: (reply: WhatIfReply) => void = () => {};
let run = createRunStore();
const make = () => createWhatIf(run, (onReply) => {
  answer = onReply;
  return { send: (request) => { sent.push(request); }, dispose: () => {} };
});
let desk = make();

beforeEach(() => {
  sent = [];
  run = createRunStore();
  run.setState({ recorded: { header: HEADER, names: NAMES, updates: [updateRecord(1), updateRecord(2)] } });
  desk = make();
});

it('sends the whole update with all changes, the later of the same number in place of the earlier', () => {
  run.setState({ phase: 'credit' });
  desk.edit({ kind: 'outcome', answer: 1, value: 0 });
  desk.edit({ kind: 'number', row: 'R', answer: 1, token: 0, value: 3 });
  desk.edit({ kind: 'outcome', answer: 1, value: 1 });
  expect(sent.at(-1)).toMatchObject({ configuration: HEADER.configuration, update: { update: 1 }, edits: [{ kind: 'number', value: 3 }, { kind: 'outcome', value: 1 }] });
  expect(sent.at(-1)!.update.credit).toBe(run.getState().recorded!.updates[0]!.credit);
});

it('takes the reply to the latest request only, and shows it at its update only', () => {
  desk.edit({ kind: 'outcome', answer: 1, value: 0 });
  desk.edit({ kind: 'outcome', answer: 2, value: 0 });
  answer({ id: sent[0]!.id, kind: 'result', result: { ...RESULT, coefficient_NT: new Float32Array() } });
  expect(desk.store.getState()).toMatchObject({ isWorking: true, result: null });
  answer({ id: sent[1]!.id, kind: 'result', result: RESULT });
  expect(desk.store.getState()).toMatchObject({ isWorking: false, result: RESULT });
  expect(isOf(desk.store.getState(), run.getState())).toBe(true);
  run.setState({ position: 1 });
  expect(isOf(desk.store.getState(), run.getState())).toBe(false);
  run.setState({ position: 0, phase: 'score' });
  const shown = withWhatIf(shownUpdate(run.getState())!, RESULT);
  // what the phase does not show yet does not come with what-if either
  expect(Object.keys(shown)).toEqual(['sample', 'score']);
});

it('a change taken back is worked out without it, the last ends it, a change to another update begins anew', () => {
  const [first, second] = [{ kind: 'outcome', answer: 1, value: 0 }, { kind: 'outcome', answer: 0, value: 0 }] as const;
  desk.edit(first);
  desk.edit(second);
  desk.takeBack(first);
  expect(sent.at(-1)!.edits).toEqual([second]);
  run.setState({ position: 1 });
  desk.edit(first);
  expect(sent.at(-1)).toMatchObject({ update: { update: 2 }, edits: [first] });
  desk.takeBack(first);
  expect(desk.store.getState()).toMatchObject({ of: null, edits: [], result: null });
  answer({ id: sent.at(-1)!.id, kind: 'result', result: RESULT });
  expect(desk.store.getState().result).toBeNull();
});

it('works on an update that is being stepped through, once it has credit', () => {
  const { sample, score, critique, credit } = updateRecord(1);
  run.setState({ source: 'live', live: { ...runRecord(0), pending: { update: 1, phase: 'critique', record: { sample, score, critique } } }, phase: 'critique' });
  desk.edit({ kind: 'outcome', answer: 1, value: 0 });
  expect(sent).toEqual([]);
  run.setState({ live: { ...runRecord(0), pending: { update: 1, phase: 'credit', record: { sample, score, critique, credit } } }, phase: 'credit' });
  desk.edit({ kind: 'outcome', answer: 1, value: 0 });
  expect(sent.at(-1)).toMatchObject({ update: { update: 1 } });
});

it('says why nothing follows', () => {
  desk.edit({ kind: 'outcome', answer: 1, value: 0 });
  answer({ id: sent[0]!.id, kind: 'failed', message: 'The record does not hold it.' });
  expect(desk.store.getState()).toMatchObject({ isWorking: false, failure: 'The record does not hold it.' });
  const without = createWhatIf(run, () => { throw new Error('no workers'); });
  without.edit({ kind: 'outcome', answer: 1, value: 0 });
  expect(without.store.getState().failure).toBe('What if needs a worker, and this browser cannot start one here (no workers).');
});
