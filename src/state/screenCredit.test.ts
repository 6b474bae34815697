// What is asked of the worker for the answers on screen, and which of its replies count.

import { expect, test } from 'vitest';
import type { AnswersReply, AnswersRequest } from '../workers/answersMessages';
import { createScreenCredit } from './screenCredit';
import { runRecord } from './testing';

const run = runRecord(2);
const [record, next] = run.updates;

function start() {
  const sent: AnswersRequest[] = [];
  let [reply, breakDown, closed]: [(reply: AnswersReply) => void, (message: string) => void, number] = [() => {}, () => {}, 0];
  const credit = createScreenCredit((onReply, onFailure) => {
    [reply, breakDown] = [onReply, onFailure];
    return { send: (request) => sent.push(request), close: () => { closed++; } };
  }, async () => new Blob(['{}']));
  return { credit, sent, reply: (one: object) => reply(one as AnswersReply), breakDown: (message: string) => breakDown(message), closed: () => closed };
}

const opened = (file: number) => ({ file, kind: 'opened', summary: { batches: [[0, 2], [2, 3]] } });
const batch = (file: number, index: number) => ({ file, kind: 'batch', batch: index, answers: {}, methods: { able: [{ name: 'grpo' }, { name: 'capo' }], refused: [] } });
const kinds = (sent: readonly AnswersRequest[]): readonly unknown[] => sent.map((one) => (one.kind === 'credit' ? one.methods : one.kind === 'batch' ? one.batch : one.kind === 'score' ? `score ${one.methods?.join(' ')}` : one.kind));

test('asks for the batch of the problem, and once for each method that can run, and for each once how it does over the update', async () => {
  const { credit, sent, reply } = start();
  credit.want(1, ['grpo', 'ppo']);
  await credit.open(run, record!);
  reply(opened(1));
  reply(batch(1, 0));
  expect(credit.store.getState().batch).toMatchObject({ record, from: 0 });
  credit.want(0, ['grpo', 'capo']);
  reply({ file: 1, kind: 'credit', batch: 0, method: 'capo', credit: { method: 'capo' } });
  expect(credit.store.getState().credits).toEqual({ capo: { method: 'capo' } });
  credit.want(2, ['grpo']);
  const share = { found: 1, chance: 0.5, answers: 2, interval: null };
  reply({ file: 1, kind: 'scored', scores: [['grpo', share]] });
  expect(credit.store.getState()).toMatchObject({ batch: undefined, credits: {}, shares: { grpo: share } });
  reply(batch(1, 1));
  reply({ file: 1, kind: 'scored', scores: [['capo', share]] });
  expect(credit.store.getState()).toMatchObject({ batch: { from: 2 }, shares: { grpo: share, capo: share } });
  expect(kinds(sent)).toEqual(['open', 0, ['grpo'], 'score grpo', ['capo'], 'score capo', 1, ['grpo']]);
});

test('what comes late about another update counts no more, and a failure is said', async () => {
  const { credit, sent, reply, breakDown, closed } = start();
  await credit.open(run, record!);
  await credit.open(run, next!);
  reply(opened(1));
  expect(kinds(sent)).toEqual(['open', 'open']);
  reply(opened(2));
  reply(batch(2, 0));
  expect(credit.store.getState().batch?.record).toBe(next);
  breakDown('It failed.');
  expect(credit.store.getState()).toMatchObject({ batch: undefined, credits: {}, shares: {}, message: 'It failed.' });
  // of the run's own credit the record tells
  expect(credit.store.getState().own).toEqual({ record: next, share: { found: 0, chance: 0, answers: 0, interval: null } });
  expect(closed()).toBe(1);
});
