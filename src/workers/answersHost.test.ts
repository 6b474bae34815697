// The worker's host over whole files: progress, batches, credit, export and reading it again, cancelling, and a large file.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { JudgeStopped } from '../lab/judging';
import { AnswersHost } from './answersHost';
import type { AnswersReply, AnswersRequest } from './answersMessages';
import type { AskJudge } from './judgedProblems';
import type { OpenTokenizer } from './tokenizers';

const SIXTY = readFileSync(join(import.meta.dirname, '../../public/answers/gsm8k.jsonl'), 'utf8');

const noTokenizer: OpenTokenizer = async () => { throw new Error('none here'); };

const noJudge: AskJudge = async () => { throw new Error('none here'); };

function start(openTokenizer = noTokenizer, askJudge = noJudge) {
  const replies: AnswersReply[] = [];
  let clock = 0;
  const host = new AnswersHost({ executor: new CpuExecutor(), openTokenizer, askJudge, cancelJudging: () => {}, post: (reply) => replies.push(reply), now: () => (clock += 1000) });
  const last = <K extends AnswersReply['kind']>(kind: K) => replies.findLast((reply): reply is Extract<AnswersReply, { kind: K }> => reply.kind === kind)!;
  return { host, replies, last };
}

test('the example: problems, a batch, credit of a method, every channel in the export', { timeout: 120_000 }, async () => {
  const { host, last } = start();
  await host.receive({ file: 1, kind: 'open', blob: new Blob([SIXTY.split('\n').slice(0, 12).join('\n')]) });
  const { summary } = last('opened');
  expect(summary.problems.map(({ answers }) => answers)).toEqual(Array(12).fill(4));
  expect(summary.batches).toEqual([[0, 8], [8, 12]]);
  await host.receive({ file: 1, kind: 'batch', batch: 1 });
  const { answers, methods } = last('batch');
  expect(answers.sample.problems_P).toHaveLength(4);
  await host.receive({ file: 1, kind: 'credit', batch: 1, methods: ['rloo'] });
  const { credit } = last('credit');
  // leave-one-out: reward less the mean of the other three
  const rewards = answers.score.outcome_N;
  rewards.forEach((reward, n) => {
    const others = rewards.filter((_, m) => answers.sample.problem_N[m] === answers.sample.problem_N[n] && m !== n);
    expect(credit.advantages_NT[n * answers.sample.width]).toBeCloseTo(reward - (others[0]! + others[1]! + others[2]!) / 3, 6);
  });
  await host.receive({ file: 1, kind: 'export' });
  const exported = await last('exported').blob.text();
  const lines = exported.trim().split('\n').map((line) => JSON.parse(line) as { prompt: string; credit: Record<string, object> });
  expect(lines.map(({ prompt }) => prompt)).toEqual(SIXTY.split('\n').slice(0, 12).map((line) => (JSON.parse(line) as { question: string }).question));
  expect(Object.keys(lines[11]!.credit)).toEqual(methods.able.map(({ name }) => name));
  await host.receive({ file: 2, kind: 'open', blob: new Blob([exported]) });
  expect(last('opened').summary).toMatchObject({ badCount: 0, answers: 48, formats: [{ format: 'rollouts', lines: 12 }] });
});

test('credit of many methods stops when another batch is asked for', async () => {
  const { host, replies } = start();
  await host.receive({ file: 1, kind: 'open', blob: new Blob([SIXTY.split('\n').slice(0, 12).join('\n')]) });
  const many = host.receive({ file: 1, kind: 'credit', batch: 0, methods: ['grpo', 'rloo', 'opo', 'capo'] });
  const other = host.receive({ file: 1, kind: 'credit', batch: 1, methods: ['grpo', 'capo'] });
  await Promise.all([many, other]);
  const made = replies.flatMap((reply) => (reply.kind === 'credit' ? [[reply.batch, reply.method]] : []));
  expect(made).toEqual([[1, 'grpo'], [1, 'capo']]);
});

test('the whole file against its steps known to be wrong: as the batches say together, and it can be stopped', async () => {
  const { host, replies, last } = start();
  const lines = SIXTY.split('\n').slice(0, 40).join('\n');
  await host.receive({ file: 1, kind: 'open', blob: new Blob([lines]) });
  const batches = last('opened').summary.batches.length;
  for (let batch = 0; batch < batches; batch++) await host.receive({ file: 1, kind: 'credit', batch, methods: ['grpo', 'capo'] });
  const made = replies.flatMap((reply) => (reply.kind === 'credit' ? [reply] : []));
  const sum = (method: string, of: 'found' | 'chance' | 'answers') => made.filter((one) => one.method === method).reduce((total, one) => total + one.brokenStep[of], 0);
  await host.receive({ file: 1, kind: 'score' });
  const scores = new Map(last('scored').scores);
  expect(scores.get('grpo')!.answers).toBe(sum('grpo', 'answers'));
  expect(scores.get('grpo')!.answers).toBeGreaterThan(0);
  // the same credit for every token of an answer finds what chance finds
  expect(scores.get('grpo')!.found).toBeCloseTo(sum('grpo', 'chance'), 9);
  expect(scores.get('capo')!.found).toBeCloseTo(sum('capo', 'found'), 9);
  expect(scores.get('capo')!.found).toBeGreaterThan(scores.get('grpo')!.found);
  await host.receive({ file: 1, kind: 'score', methods: ['capo', 'nobody'] });
  expect(last('scored').scores).toEqual([['capo', scores.get('capo')]]);
  const scoring = host.receive({ file: 1, kind: 'score' });
  await host.receive({ file: 1, kind: 'cancel' });
  await scoring;
  expect(replies.at(-1)).toEqual({ file: 1, kind: 'cancelled' });
});

test('other tokens: every answer is cut anew, the file’s own tokens and their log-probabilities go; a failure leaves all as it was', async () => {
  const own = JSON.stringify({ prompt: 'p', completions: ['ab cd', 'ab'], rewards: [1, 0], tokens: [['ab', ' cd'], null], logprobs: [[-1, -2], null] });
  const { host, last, replies } = start(async (choice) => {
    if (choice.kind !== 'shipped') throw new JudgeStopped('not here yet', { kind: 'fetch', host: 'example.org', model: 'a/b', files: null });
    return (text) => ({ tokens: [...text], isChanged: text === 'ab' });
  });
  const tokensNow = async () => {
    await host.receive({ file: 1, kind: 'batch', batch: 0 });
    const { sample, alphabet } = last('batch').answers;
    return Array.from(sample.lengths_N, (length, n) => Array.from(sample.tokens_NT.subarray(n * sample.width, n * sample.width + length), (id) => alphabet[id]));
  };
  await host.receive({ file: 1, kind: 'open', blob: new Blob([own]) });
  expect(last('opened').summary.shippedTokenizers).toContain('chain');
  expect(await tokensNow()).toEqual([['ab', ' cd'], ['ab']]);
  expect(last('batch').answers.hasOwnTokens_N).toEqual([true, false]);
  await host.receive({ file: 1, kind: 'cut', tokens: { kind: 'shipped', name: 'chain' } });
  expect(await tokensNow()).toEqual([['a', 'b', ' ', 'c', 'd'], ['a', 'b']]);
  expect(last('batch').answers).toMatchObject({ hasOwnTokens_N: [false, false], isChanged_N: [false, true] });
  // what goes out spells the texts by the tokens chosen, and reads again
  await host.receive({ file: 1, kind: 'export' });
  const exported = await last('exported').blob.text();
  expect(JSON.parse(exported)).toMatchObject({ tokens: [['a', 'b', ' ', 'c', 'd'], ['a', 'b']] });
  expect(exported).not.toContain('logprobs');
  await host.receive({ file: 1, kind: 'cut', tokens: { kind: 'hub', model: 'a/b' } });
  expect(last('notCut')).toEqual({ file: 1, kind: 'notCut', message: 'not here yet', asks: { kind: 'fetch', host: 'example.org', model: 'a/b', files: null } });
  expect((await tokensNow())[1]).toEqual(['a', 'b']);
  await host.receive({ file: 1, kind: 'cut', tokens: { kind: 'words' } });
  expect(await tokensNow()).toEqual([['ab', ' cd'], ['ab']]);
  expect(last('batch').answers.hasOwnTokens_N).toEqual([false, false]);
  // credit that was on its way when the tokens changed is not told
  const before = replies.length;
  const credit = host.receive({ file: 1, kind: 'credit', batch: 0, methods: ['grpo', 'rloo'] });
  await host.receive({ file: 1, kind: 'cut', tokens: { kind: 'file' } });
  await credit;
  expect(replies.slice(before).map(({ kind }) => kind)).toEqual(['cut']);
});

test('a judge’s critiques stay with the problems they are of, those of several side by side, and come back with the export; a question comes back to the person', async () => {
  let who = 'first';
  const asked: { prompts: string[]; critiques: number }[] = [];
  const { host, last } = start(undefined, async ({ cases, critiques }, onProgress) => {
    asked.push({ prompts: cases.map(({ problem }) => problem), critiques });
    onProgress({ done: 1, total: 2, missing: 0 });
    if (who === 'unasked') throw new JudgeStopped('may I?', { kind: 'send', host: 'h', requests: 4, bytes: 9, example: '{}' });
    const critiques_Nk = cases.map(() => Array.from({ length: critiques }, () => ({ flags: [0], text: who, verdict: 'read' as const, outOfRange: 0 })));
    return { critiques_Nk, judge: { model: who, where: 'h', system: '', user: '', said_Nk: critiques_Nk.map((row) => row.map(({ text, verdict, outOfRange }) => ({ text, verdict, outOfRange }))) } };
  });
  const critic = { judge: 'endpoint', critiques: 2, falsePositive: 0, falseNegative: 0, missing: 0 } as const;
  const judge = (problems: readonly number[], named: object = { endpoint: {} }) => host.receive({ file: 1, kind: 'judge', problems, critic, seed: 1, named } as AnswersRequest);
  const counts = async () => {
    await host.receive({ file: 1, kind: 'batch', batch: 1 });
    return last('batch').answers.critique.critiques_Nk.map(({ length }) => length);
  };
  await host.receive({ file: 1, kind: 'open', blob: new Blob([SIXTY.split('\n').slice(0, 10).join('\n')]) });
  await judge([9], {});
  expect(last('judgeStopped').message).toMatch(/name it first/);
  expect(asked).toEqual([]);
  await judge([9]);
  expect(last('judging').progress).toEqual({ done: 1, total: 2, missing: 0 });
  expect(asked[0]).toMatchObject({ critiques: 2, prompts: Array(4).fill((JSON.parse(SIXTY.split('\n')[9]!) as { question: string }).question) });
  // the second batch holds problems 9 and 10 of four answers each
  expect(await counts()).toEqual([0, 0, 0, 0, 2, 2, 2, 2]);
  await judge([8]);
  expect(await counts()).toEqual(Array(8).fill(2));
  expect(last('batch').methods.able.map(({ name }) => name)).toContain('capo');
  who = 'second';
  await judge([8]);
  expect(await counts()).toEqual([2, 2, 2, 2, 0, 0, 0, 0]);
  // the first judge’s are still there, to be read again
  expect(last('batch').judges).toEqual({ read: 1, all: [{ model: 'first', where: 'h', problems: 2, here: [8, 9] }, { model: 'second', where: 'h', problems: 1, here: [8] }] });
  await host.receive({ file: 1, kind: 'readJudge', judge: 0 });
  expect(last('judged')).toEqual({ file: 1, kind: 'judged' });
  expect(await counts()).toEqual(Array(8).fill(2));
  expect(last('batch').answers.critique.judge).toMatchObject({ model: 'first' });
  await host.receive({ file: 1, kind: 'readJudge', judge: null });
  await counts();
  expect(last('batch').answers.critique.judge).toBeUndefined();
  await host.receive({ file: 1, kind: 'export' });
  const { blob } = last('exported');
  const exported = (await blob.text()).trim().split('\n').map((line) => JSON.parse(line) as { judged_by?: { model: string }[] });
  expect(exported.map((one) => one.judged_by?.map(({ model }) => model))).toEqual([...Array(8).fill(undefined), ['first', 'second'], ['first']]);
  const again = start();
  await again.host.receive({ file: 1, kind: 'open', blob });
  // its lines are longer, and so its batches smaller
  const range = again.last('opened').summary.batches.find(([, to]) => to > 8)!;
  await again.host.receive({ file: 1, kind: 'batch', batch: again.last('opened').summary.batches.indexOf(range) });
  expect(again.last('batch').judges).toMatchObject({ read: 0, all: [{ model: 'first', where: 'h', problems: 2 }, { model: 'second', where: 'h', problems: 1, here: [8] }] });
  expect(again.last('batch').answers.critique.judge).toMatchObject({ model: 'first' });
  expect(again.last('batch').answers.critique.judge!.said_Nk[(8 - range[0]) * 4]).toEqual(Array(2).fill({ text: 'first', verdict: 'read', outOfRange: 0 }));
  who = 'unasked';
  await judge([8]);
  expect(last('judgeStopped')).toEqual({ file: 1, kind: 'judgeStopped', message: 'may I?', asks: { kind: 'send', host: 'h', requests: 4, bytes: 9, example: '{}' } });
  await judge([99]);
  expect(last('judgeStopped').message).toBe('There is no such problem.');
  // another file begins without
  await host.receive({ file: 2, kind: 'open', blob: new Blob([SIXTY.split('\n').slice(0, 1).join('\n')]) });
  await host.receive({ file: 2, kind: 'batch', batch: 0 });
  expect(last('batch').answers.critique.judge).toBeUndefined();
});

test('what is asked of a file that is no longer open fails with a sentence', async () => {
  const { host, last } = start();
  await host.receive({ file: 1, kind: 'open', blob: new Blob([SIXTY]) });
  await host.receive({ file: 2, kind: 'open', blob: new Blob(['']) });
  expect(last('opened').summary).toMatchObject({ problems: [], batches: [] });
  await host.receive({ file: 1, kind: 'batch', batch: 0 });
  expect(last('failed').message).toBe('These answers are no longer open.');
});

test('twelve megabytes: progress grows, a bad line in the middle is named, and it can be cancelled', async () => {
  // the clock of these tests shows every report
  const line = `${JSON.stringify({ prompt: 'x'.repeat(1000), completions: ['y'.repeat(1000)], rewards: [1] })}\n`;
  const blob = new Blob([line.repeat(3000), 'oops\n', line.repeat(3000)]);
  const { host, replies, last } = start();
  await host.receive({ file: 1, kind: 'open', blob });
  const done = replies.flatMap((reply) => (reply.kind === 'reading' ? [reply.done] : []));
  expect(done.length).toBeGreaterThan(10);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(last('opened').summary.badLines).toEqual([{ line: 3001, problem: expect.stringContaining('is not JSON') }]);
  expect(last('opened').summary.problems).toHaveLength(6000);
  const reading = host.receive({ file: 2, kind: 'open', blob });
  await host.receive({ file: 2, kind: 'cancel' });
  await reading;
  expect(replies.at(-1)).toEqual({ file: 2, kind: 'cancelled' });
});
