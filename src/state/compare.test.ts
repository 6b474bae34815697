import { beforeEach, expect, it } from 'vitest';
import type { Comparison } from '../lab/fidelity/compare';
import type { CompareWish } from '../lab/fidelity/readCompareWish';
import type { RecordedComparison } from '../formats/comparisonFile';
import { NO_RUN } from '../workers/protocol';
import { shownComparison } from './compareStore';
import { createSession, type Session } from './session';
import { CATALOGUE, HEADER, NAMES, playedClient, type PlayedClient } from './testing';

const WISH: CompareWish = { methods: [{ name: 'grpo', parameters: {} }], truth: 'auto', problems: 2, answers: 2, gradientAnswers: 0, resamples: 10 };
const COMPARISON = { gradientAnswers: 0 } as Comparison;
let client: PlayedClient;
let session: Session;
const kinds = (): string[] => client.sent.map(({ command }) => command.kind);
const progress = () => session.compare.getState().progress;

beforeEach(() => {
  client = playedClient();
  session = createSession(client);
  client.emit(NO_RUN, { kind: 'backend', backend: 'cpu', adapter: '' });
  client.emit(NO_RUN, { kind: 'catalogue', catalogue: CATALOGUE });
});

function begin(): void {
  session.compareMethods(WISH);
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-1', { kind: 'paused', update: 0 });
}

it('starts a run where there is none, then compares; what comes back is shown instead of the recorded one, from its first place', () => {
  session.compare.setState({ recorded: { update: 7 } as RecordedComparison, problem: 3, unfolded: ['capo'] });
  begin();
  expect(kinds()).toEqual(['start', 'compare']);
  client.emit('run-1', { kind: 'comparing', stage: 'truth', done: 1, total: 4, rollouts: 64 });
  expect(progress()).toEqual({ stage: 'truth', done: 1, total: 4, rollouts: 64 });
  expect(shownComparison(session.compare.getState())?.update).toBe(7);
  client.emit('run-1', { kind: 'compared', update: 0, comparison: COMPARISON });
  expect(shownComparison(session.compare.getState())).toEqual({ comparison: COMPARISON, names: NAMES, update: 0 });
  expect([session.compare.getState().problem, session.compare.getState().unfolded, progress()]).toEqual([null, [], null]);
});

it('is cancelled by the worker, or before the worker has begun', () => {
  begin();
  session.cancelCompare();
  expect(kinds().at(-1)).toBe('cancelCompare');
  client.emit('run-1', { kind: 'comparisonEnded', message: 'Cancelled.' });
  expect([progress(), session.compare.getState().message]).toEqual([null, 'Cancelled.']);
  session.reset();
  session.compareMethods(WISH);
  session.cancelCompare();
  client.emit('run-2', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-2', { kind: 'paused', update: 0 });
  expect(progress()).toBe(null);
  expect(kinds().slice(-1)).toEqual(['start']);
});

it.each([
  ['a reset', () => session.reset()],
  ['a crash', () => client.emit('run-1', { kind: 'crashed', message: 'Gone.' })],
  ['the end of the run', () => client.emit('run-1', { kind: 'stopped', reason: 'device-lost', update: 0, message: 'Lost.' })],
  ['an error', () => client.emit('run-1', { kind: 'error', message: 'Bad.' })],
])('does not wait for ever after %s', (_, happens) => {
  begin();
  expect(progress()).not.toBe(null);
  happens();
  expect(progress()).toBe(null);
  expect(session.compare.getState().message).toMatch(/\w/);
});
