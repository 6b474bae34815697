// What is offered after a run went wrong, and what one press does.

import { beforeEach, expect, test } from 'vitest';
import { NO_RUN, type CommandBody } from '../workers/protocol';
import { findingsOf, goBackOffer } from './goBack';
import { createSession, type Session } from './session';
import { CATALOGUE, HEADER, NAMES, playedClient, updateRecord, type PlayedClient } from './testing';

let client: PlayedClient;
let session: Session;
const sent = (): CommandBody[] => client.sent.map(({ command }) => command);
const offer = () => goBackOffer(session.run.getState().live!, session.training.getState(), findingsOf(session.run.getState().live!));
const notFinite = (update: number, canGoBackTo: readonly number[]) => client.emit('run-1', { kind: 'stopped', reason: 'non-finite', update, tensor: 'head', message: 'Not finite.', canGoBackTo });

beforeEach(() => {
  client = playedClient();
  session = createSession(client, '');
  client.emit(NO_RUN, { kind: 'backend', backend: 'cpu', adapter: '' });
  client.emit(NO_RUN, { kind: 'catalogue', catalogue: CATALOGUE });
  session.togglePlay();
  client.emit('run-1', { kind: 'header', header: HEADER, names: NAMES });
  client.emit('run-1', { kind: 'paused', update: 0 });
});

/** KL, to the policy that sampled, of the updates from 1 on; the mark is set at a mean of 0.05. */
function train(kls: readonly number[], canGoBackTo: readonly number[]): void {
  kls.forEach((kl, i) => {
    const { line, ...rest } = updateRecord(i + 1);
    client.emit('run-1', { kind: 'updates', records: [{ ...rest, line: { ...line, kl } }], canGoBackTo });
  });
  client.sent.length = 0;
}

test('nothing is offered while nothing is wrong, and nothing is done', () => {
  train([0, 0, 0, 0], [1, 2, 3, 4]);
  expect(offer()).toBeUndefined();
  session.goBack.halve();
  expect(sent()).toEqual([]);
});

test('a number that is not finite: back to the last update with half the rate; the page keeps the records up to there', () => {
  train([0, 0, 0, 0], [1, 2, 3, 4]);
  notFinite(4, [1, 2, 3, 4]);
  expect(offer()).toEqual({ update: 4, learningRate: 5e-4 });
  session.goBack.halve();
  const [body] = sent();
  expect(body).toMatchObject({ kind: 'goBack', update: 4, settings: { 'optimizer.learningRate': 5e-4 } });
  expect(body?.kind === 'goBack' && body.records.map(({ line }) => line.update)).toEqual([1, 2, 3, 4]);
  expect(session.training.getState()).toMatchObject({ status: { kind: 'preparing' }, notice: 'Back at update 4 with half the learning rate, 5e\u22124. Press Play to go on.' });
  const header = { ...HEADER, interventions: [{ kind: 'settings', update: 5, settings: { 'optimizer.learningRate': 5e-4 } }] } as const;
  const lines = session.run.getState().live!.updates.map(({ line }) => line);
  client.emit('run-2', { kind: 'header', header, names: NAMES, past: { lines, updates: [] } });
  client.emit('run-2', { kind: 'paused', update: 4, canGoBackTo: [1, 2, 3] });
  expect(session.run.getState().live!.updates.map(({ line }) => line.update)).toEqual([1, 2, 3, 4]);
  expect(session.configuration.getState().applied?.optimizer.learningRate).toBe(5e-4);
  // the same failure once more: further back, and a quarter
  client.emit('run-2', { kind: 'stopped', reason: 'non-finite', update: 4, message: 'Not finite.', canGoBackTo: [1, 2, 3] });
  expect(offer()).toEqual({ update: 3, learningRate: 2.5e-4 });
});

test('a KL that runs away while it trains: back to before it began, to the nearest update at hand', () => {
  train([0, 0, 0, 0.01, 0.01, 0.2, 0.3, 0.3], [2, 4, 6, 7, 8]);
  expect(session.training.getState().status.kind).toBe('training');
  expect(offer()).toEqual({ update: 4, learningRate: 5e-4 });
  session.goBack.halve();
  expect(sent()).toMatchObject([{ kind: 'goBack', update: 4 }]);
});

test('a sign that one update shows is none to go back for', () => {
  train([0, 0, 0, 0, 0, 0.2], [1, 2, 3, 4, 5, 6]);
  expect(offer()).toBeUndefined();
});

test('a number that is not finite in a run that had gone wrong before: back to before that', () => {
  train([0, 0, 0, 0.01, 0.01, 0.2, 0.3, 0.3], [2, 4, 6, 7, 8]);
  notFinite(8, [2, 4, 6, 7, 8]);
  expect(offer()?.update).toBe(4);
});

test('where nothing is at hand the run begins anew, with half the rate in the setup', () => {
  notFinite(0, []);
  expect(offer()).toEqual({ update: 0, learningRate: 5e-4 });
  session.goBack.halve();
  expect(sent().at(-1)).toMatchObject({ kind: 'start', configuration: { optimizer: { learningRate: 5e-4 } } });
  expect(session.configuration.getState().configuration?.optimizer.learningRate).toBe(5e-4);
  expect(session.training.getState().notice).toContain('begins anew with half the learning rate');
});
