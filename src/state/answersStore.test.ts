// The page's store of real answers, with a worker made by hand: late replies are dropped, and what is asked for is what is missing.

import { expect, test } from 'vitest';
import type { AnswersReply, AnswersRequest, AnswersSummary } from '../workers/answersMessages';
import { catalogue } from '../workers/catalogue';
import { createAnswersSession } from './answersStore';

const SUMMARY: AnswersSummary = {
  problems: [[4, 4], [4, 0], [4, 1], [2, 1]].map(([answers, rewarded], i) => ({ title: `${i}`, answers: answers!, rewarded: rewarded! })),
  batches: [[0, 2], [2, 4]], badLines: [], answers: 14, badCount: 0, formats: [], rewardColumns: [], shippedTokenizers: ['chain'],
};
const methods = (...names: string[]) => ({ able: names.map((name) => ({ name, title: name, explanation: '' })), refused: [] });

function start() {
  const sent: AnswersRequest[] = [];
  const saved: string[] = [];
  let closed = 0;
  let [reply, breakDown, connections]: [(reply: AnswersReply) => void, (message: string) => void, number] = [() => {}, () => {}, 0];
  const session = createAnswersSession((_, name) => saved.push(name), (onReply, onFailure) => {
    [reply, breakDown, connections] = [onReply, onFailure, connections + 1];
    return { send: (request) => sent.push(request), close: () => { closed++; } };
  }, async () => { throw new Error('The example is not there (404).'); });
  return { session, sent, saved, reply: (one: AnswersReply) => reply(one), breakDown: (message: string) => breakDown(message), connections: () => connections, closed: () => closed };
}
const batchReply = (file: number, batch: number, ...names: string[]) => ({ file, kind: 'batch', batch, answers: {}, methods: methods(...names) }) as unknown as AnswersReply;

test('a file opens at its first problem with right and wrong answers, by the method that says most', () => {
  const { session, sent, reply } = start();
  session.open(new Blob(['abc']), 'a.jsonl');
  expect(session.store.getState().reading).toEqual({ done: 0, total: 3, problems: 0 });
  reply({ file: 1, kind: 'opened', summary: SUMMARY });
  expect(session.store.getState()).toMatchObject({ problem: 2, reading: null });
  reply(batchReply(1, 1, 'grpo', 'capo'));
  expect(sent.slice(1)).toEqual([{ file: 1, kind: 'batch', batch: 1 }, { file: 1, kind: 'credit', batch: 1, methods: ['capo', 'grpo'] }]);
  session.showNextMixed();
  expect(session.store.getState().problem).toBe(3);
  session.showNextMixed();
  expect(session.store.getState().problem).toBe(2);
  for (const nowhere of [-1, 4, Number.NaN]) session.showProblem(nowhere);
  expect(session.store.getState().problem).toBe(2);
  expect(sent).toHaveLength(3);
});

test('credit of all methods is asked for once, kept for the batch only, and a method that cannot run any more gives way', () => {
  const { session, sent, reply } = start();
  session.open(new Blob(['']), 'a.jsonl');
  reply({ file: 1, kind: 'opened', summary: SUMMARY });
  reply(batchReply(1, 1, 'grpo', 'pure'));
  const credit = (batch: number, method: string) => reply({ file: 1, kind: 'credit', batch, method, credit: { method } } as unknown as AnswersReply);
  credit(1, 'grpo');
  session.chooseMethod('pure');
  credit(1, 'pure');
  session.chooseMethod('grpo');
  expect(sent.filter(({ kind }) => kind === 'credit')).toHaveLength(1);
  session.showProblem(0);
  reply(batchReply(1, 0, 'rloo'));
  expect(session.store.getState()).toMatchObject({ method: 'rloo', credits: {} });
  credit(1, 'grpo');
  expect(session.store.getState().credits).toEqual({});
});

test('what was scored belongs to the file, what is compared to the person', () => {
  const { session, sent, reply } = start();
  session.open(new Blob(['']), 'a.jsonl');
  reply({ file: 1, kind: 'opened', summary: SUMMARY });
  session.show('compare');
  session.compare(['rloo', 'opo']);
  session.startScoring();
  expect(sent.at(-1)).toEqual({ file: 1, kind: 'score' });
  reply({ file: 1, kind: 'scoring', done: 1, total: 2 });
  expect(session.store.getState().scoring).toEqual({ done: 1, total: 2 });
  const scores = [['rloo', { found: 1, chance: 0.5, answers: 2, interval: null }]] as const;
  reply({ file: 1, kind: 'scored', scores });
  expect(session.store.getState()).toMatchObject({ scoring: null, scores });
  session.open(new Blob(['']), 'b.jsonl');
  expect(session.store.getState()).toMatchObject({ scores: null, brokenSteps: {}, view: 'compare', compared: ['rloo', 'opo'] });
});

test('a tokenizer from elsewhere is asked about twice, as a judge is, and then the answers come anew; nobody need wait for one that hangs', () => {
  const { session, sent, reply, connections, closed } = start();
  session.open(new Blob(['abc']), 'a.jsonl');
  reply({ file: 1, kind: 'opened', summary: SUMMARY });
  reply(batchReply(1, 1, 'grpo'));
  session.showProblem(3);
  session.cutBy({ kind: 'hub', model: 'a/b' });
  const asks = { kind: 'fetch', host: 'huggingface.co', model: 'a/b', files: null } as const;
  reply({ file: 1, kind: 'notCut', message: 'not yet', asks });
  expect(session.store.getState()).toMatchObject({ asks, cutting: null, message: null });
  session.refuseFetch();
  expect(session.store.getState().asks).toBeNull();
  session.cutBy({ kind: 'hub', model: 'a/b' });
  reply({ file: 1, kind: 'notCut', message: 'not yet', asks });
  session.allowFetch();
  expect(sent.at(-1)).toEqual({ file: 1, kind: 'cut', tokens: { kind: 'hub', model: 'a/b', allowed: { model: 'a/b', files: false } } });
  reply({ file: 1, kind: 'notCut', message: 'not yet', asks: { ...asks, files: [{ name: 'tokenizer.json', bytes: 5 }] } });
  session.allowFetch();
  expect(sent.at(-1)).toMatchObject({ tokens: { allowed: { model: 'a/b', files: true } } });
  const tokens = { kind: 'hub', model: 'a/b' } as const;
  reply({ file: 1, kind: 'cut', tokens });
  expect(session.store.getState()).toMatchObject({ tokens, cutting: null, batch: null, credits: {}, problem: 3 });
  expect(sent.at(-1)).toEqual({ file: 1, kind: 'batch', batch: 1 });
  session.cutBy({ kind: 'opened', files: [] });
  reply({ file: 1, kind: 'notCut', message: 'tokenizer.json is not there' });
  expect(session.store.getState()).toMatchObject({ message: 'tokenizer.json is not there', tokens });
  session.cutBy({ kind: 'opened', files: [] });
  session.cancel();
  expect([closed(), connections()]).toEqual([1, 2]);
  expect(sent.at(-1)).toMatchObject({ file: 2, kind: 'open' });
  reply({ file: 2, kind: 'opened', summary: SUMMARY });
  expect(session.store.getState()).toMatchObject({ problem: 3, tokens: { kind: 'file' }, cutting: null, name: 'a.jsonl' });
});

test('who judges is chosen apart from the run; what a judge needs is asked, then the same problems go again', () => {
  const { session, sent, reply } = start();
  const { judge, setup } = session;
  session.openJudges(catalogue());
  expect(setup.getState().configuration!.critic.judge).toBe('endpoint');
  judge.edit({ url: 'http://localhost:1/v1', model: 'm', key: 'k' });
  session.open(new Blob(['']), 'a.jsonl');
  reply({ file: 1, kind: 'opened', summary: SUMMARY });
  reply(batchReply(1, 1, 'grpo'));
  session.judgeProblems([2, 3]);
  const { critic, seed } = setup.getState().configuration!;
  expect(sent.at(-1)).toMatchObject({ file: 1, kind: 'judge', problems: [2, 3], critic, seed, named: { endpoint: { url: 'http://localhost:1/v1', key: 'k', isAllowed: false } } });
  reply({ file: 1, kind: 'judgeStopped', message: 'may I?', asks: { kind: 'send', host: 'localhost:1', requests: 8, bytes: 9, example: '{}' } });
  expect(judge.store.getState().asks).toMatchObject({ host: 'localhost:1' });
  judge.allow();
  expect(sent.at(-1)).toMatchObject({ kind: 'judge', problems: [2, 3], named: { endpoint: { isAllowed: true } } });
  reply({ file: 1, kind: 'judging', progress: { done: 1, total: 8, missing: 0 } });
  judge.cancel();
  expect(sent.at(-1)).toEqual({ file: 1, kind: 'cancelJudging' });
  reply({ file: 1, kind: 'judgeStopped', message: 'Judging was cancelled.' });
  expect(judge.store.getState()).toMatchObject({ progress: null, message: 'Judging was cancelled.', asks: null });
  session.judgeProblems([2]);
  reply({ file: 1, kind: 'judging', progress: { done: 4, total: 4, missing: 0 } });
  reply({ file: 1, kind: 'judged' });
  expect(judge.store.getState().progress).toBeNull();
  expect(session.store.getState()).toMatchObject({ batch: null, credits: {} });
  expect(sent.at(-1)).toEqual({ file: 1, kind: 'batch', batch: 1 });
  // a model on this machine is named by its settings, and by no address
  setup.setState({ configuration: { ...setup.getState().configuration!, critic: { ...critic, judge: 'model', model: 'built-in' } } });
  session.judgeProblems([2]);
  const { named } = sent.at(-1) as Extract<AnswersRequest, { kind: 'judge' }>;
  expect(Object.keys(named)).toEqual(['settings']);
});

test('replies about a file that is no longer open change nothing', () => {
  const { session, reply } = start();
  session.open(new Blob(['']), 'a.jsonl');
  session.open(new Blob(['']), 'b.jsonl');
  reply({ file: 1, kind: 'opened', summary: SUMMARY });
  reply({ file: 1, kind: 'failed', message: 'late' });
  expect(session.store.getState()).toMatchObject({ summary: null, message: null, name: 'b.jsonl' });
});

test('an export is saved under the file’s name; a failed worker is replaced at the next file; a missing example is a sentence', async () => {
  const { session, saved, reply, breakDown, connections } = start();
  session.open(new Blob(['']), 'a.jsonl');
  reply({ file: 1, kind: 'opened', summary: SUMMARY });
  session.startExport();
  expect(session.store.getState().exporting).toEqual({ done: 0, total: 2 });
  reply({ file: 1, kind: 'exported', blob: new Blob(['']) });
  expect(saved).toEqual(['a-credit.jsonl']);
  breakDown('it broke');
  expect(session.store.getState()).toMatchObject({ message: 'it broke', exporting: null });
  session.open(new Blob(['']), 'b.jsonl');
  expect(connections()).toBe(2);
  await session.openExample();
  expect(session.store.getState().message).toBe('The example is not there (404).');
});
