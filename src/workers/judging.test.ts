// A judge behind an endpoint, and one that is a model, in the critics' worker and in the conversation with the page.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { DEFAULT_PROMPTS, defaultSettings, ENDPOINT_DEFAULTS, JudgeStopped, type Endpoint, type JudgeProgress } from '../lab/judging';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { prepareRun } from '../lab/prepareRun';
import { readConfiguration } from '../lab/readConfiguration';
import type { SampleRecord } from '../lab/record';
import { catalogue } from './catalogue';
import { CriticClient, type CriticPort, type NamedNow } from './criticClient';
import { CriticHost } from './criticHost';
import type { CriticReply } from './criticMessages';
import { PROTOCOL_VERSION, type CommandBody, type EventBody } from './protocol';
import { TrainingHost } from './trainingHost';

const configuration = readConfiguration({ method: 'capo', critic: { judge: 'endpoint', critiques: 2 }, problemsPerUpdate: 1, answersPerProblem: 2, testProblems: 2, testEvery: 9 });

let server: Server;
let asked = 0;
let isSilent = false;
let status = 200;
let named: Endpoint;
beforeEach(async () => {
  [asked, isSilent, status] = [0, false, 200];
  server = createServer((request, response) => {
    asked++;
    request.resume();
    if (!isSilent) response.writeHead(status).end(JSON.stringify({ choices: [{ message: { content: 'Wrong steps: [0]' } }] }));
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  named = {
    ...ENDPOINT_DEFAULTS, url: `http://localhost:${(server.address() as AddressInfo).port}`, model: 'm', key: '', showsReference: true, prompts: DEFAULT_PROMPTS, isAllowed: true,
  };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** With copied messages between client and host. */
function connected(onJudging: (progress: JudgeProgress) => void): CriticClient {
  let hear: (event: MessageEvent<CriticReply>) => void = () => undefined;
  const tell = (reply: CriticReply) => hear({ data: structuredClone(reply) } as MessageEvent<CriticReply>);
  const host = new CriticHost(() => Promise.reject(new Error('no values here')), tell);
  const port: CriticPort = {
    postMessage: (request) => void host.receive(structuredClone(request)).then((reply) => { if (reply !== undefined) tell(reply); }),
    addEventListener: (type: string, heard: never) => { if (type === 'message') hear = heard; },
    terminate: () => {},
  };
  return new CriticClient(() => port, undefined, undefined, onJudging);
}

/** One answer of one step: '=' and the stop token. */
const ONE_ANSWER: SampleRecord = {
  problems_P: [{ prompt: '7+5:\n', answer: '2' }], answers: 1, width: 2, problem_N: new Uint32Array(1), tokens_NT: Uint32Array.of(4, 1), lengths_N: Uint32Array.of(2), finished_N: Uint8Array.of(1), samplerLogprobs_NT: new Float32Array(2),
};

test('the endpoint is asked for at each batch, progress is told, and the question what may leave comes through', async () => {
  const progress: JudgeProgress[] = [];
  let endpoint: Endpoint | undefined;
  const critic = connected((one) => progress.push(one)).criticOf('a', configuration, () => ({ endpoint }));
  await expect(critic(ONE_ANSWER, 1)).rejects.toThrow(/name it first/);
  endpoint = { ...named, isAllowed: false };
  const stopped: unknown = await critic(ONE_ANSWER, 1).catch((error: unknown) => error);
  expect(stopped).toBeInstanceOf(JudgeStopped);
  expect((stopped as JudgeStopped).asks).toMatchObject({ host: new URL(named.url).host, requests: 2 });
  expect(asked).toBe(0);
  endpoint = named;
  expect((await critic(ONE_ANSWER, 1)).critiques_Nk).toEqual([[[0], [0]]]);
  expect(progress).toEqual([{ done: 0, total: 2, missing: 0 }, { done: 1, total: 2, missing: 0 }, { done: 2, total: 2, missing: 0 }]);
});

test('cancelled, it stops at once and can be asked again', async () => {
  isSilent = true;
  const client = connected(() => {});
  const critic = client.criticOf('a', configuration, () => ({ endpoint: named }));
  const outcome = critic(ONE_ANSWER, 1);
  setTimeout(() => client.cancelCritique(), 30);
  await expect(outcome).rejects.toThrow(JudgeStopped);
  isSilent = false;
  expect((await critic(ONE_ANSWER, 1)).critiques_Nk).toEqual([[[0], [0]]]);
});

test('a run waits for its judge: nothing is lost, and the phase is asked again when a person has helped', async () => {
  const events: EventBody[] = [];
  let endpoint: Endpoint | undefined;
  const client = connected((progress) => host.judging(progress));
  const host: TrainingHost = new TrainingHost({
    catalogue: catalogue(),
    post: (event) => events.push(event),
    openBackend: async () => ({ executor: new CpuExecutor({ useSimd: true }) }),
    prepare: (run, asked_, executor) => prepareRun({
      configuration: asked_, executor, makePolicy: makeEnginePolicy, files: async (name) => new Uint8Array(readFileSync(`public/models/chain/${name}`)), critic: client.criticOf(run, asked_, () => ({ endpoint })), watchedAnswers: 0, clock: () => 0,
    }),
    nameJudge: (now) => { endpoint = now.endpoint; },
    cancelJudging: () => client.cancelCritique(),
    close: () => {},
    now: () => 0,
  });
  const say = async (...bodies: CommandBody[]): Promise<EventBody[]> => {
    events.length = 0;
    for (const body of bodies) host.receive({ protocol: PROTOCOL_VERSION, run: 'a', ...body });
    await host.idle();
    return events.filter(({ kind }) => kind !== 'phase');
  };
  await say({ kind: 'start', configuration });
  expect(await say({ kind: 'nextUpdate' })).toMatchObject([{ kind: 'judgeStopped', message: expect.stringMatching(/name it first/) }, { kind: 'paused', update: 0 }]);
  const [question, paused] = await say({ kind: 'nameJudge', endpoint: { ...named, isAllowed: false } }, { kind: 'nextUpdate' });
  expect([question, paused]).toMatchObject([{ kind: 'judgeStopped', asks: { requests: 4 } }, { kind: 'paused', update: 0 }]);
  status = 401;
  expect(await say({ kind: 'nameJudge', endpoint: named }, { kind: 'nextUpdate' })).toMatchObject([{ kind: 'judging', progress: { done: 0, total: 4 } }, { kind: 'judgeStopped', message: expect.stringMatching(/it answered 401/) }, { kind: 'paused' }]);
  status = 200;
  const done = await say({ kind: 'nextUpdate' });
  expect(done.map(({ kind }) => kind)).toEqual(['judging', 'judging', 'updates', 'paused']);
  const [, , { records: [record] }] = done as [EventBody, EventBody, Extract<EventBody, { kind: 'updates' }>];
  expect(record!.line.update).toBe(1);
  expect(record!.critique.judge).toMatchObject({ model: 'm', said_Nk: [[{ text: 'Wrong steps: [0]' }, {}], [{}, {}]] });

  isSilent = true;
  const breaking = say({ kind: 'play' });
  setTimeout(() => host.receive({ protocol: PROTOCOL_VERSION, run: 'a', kind: 'cancelJudging' }), 300);
  // a silent judge is told of too
  expect(await breaking).toMatchObject([{ kind: 'judging', progress: { done: 0 } }, { kind: 'judgeStopped', message: expect.stringMatching(/cancelled/) }, { kind: 'paused', update: 1 }]);
});

/** A language model of the critics' worker that flags the first step of every answer. */
function modelClient(onJudging: (progress: JudgeProgress) => void, seen: { name: string; temperature: number; files: number; draw: number }[]): CriticClient {
  let hear: (event: MessageEvent<CriticReply>) => void = () => undefined;
  const tell = (reply: CriticReply) => hear({ data: structuredClone(reply) } as MessageEvent<CriticReply>);
  const host = new CriticHost(() => Promise.reject(new Error('no values here')), tell, (files) => async (name, { temperature }, { signal, onLoading }) => {
    onLoading({ file: 'onnx/model.onnx', loaded: 1, total: 2 });
    return {
      runsOn: 'a test', encode: () => [1, 2, 3], rowsAtOnce: () => 2,
      write: async (prompts, { draw }) => {
        seen.push({ name, temperature, files: files.length, draw: draw(0, 0) });
        await new Promise((resolve) => { setTimeout(resolve, 5); });
        return signal.aborted ? prompts.map(() => ({ text: '', isCutOff: true })) : prompts.map(() => ({ text: 'Wrong steps: [0]', isCutOff: false }));
      },
    };
  });
  const port: CriticPort = {
    postMessage: (request) => void host.receive(structuredClone(request)).then((reply) => { if (reply !== undefined) tell(reply); }),
    addEventListener: (type: string, heard: never) => { if (type === 'message') hear = heard; },
    terminate: () => {},
  };
  return new CriticClient(() => port, undefined, undefined, onJudging);
}

const byModel = readConfiguration({ method: 'capo', critic: { judge: 'model', critiques: 3 } });

test('a model judges a run with its own defaults until a person sets it otherwise; loading is told, and the record says who it was', async () => {
  const [progress, seen]: [JudgeProgress[], Parameters<typeof modelClient>[1]] = [[], []];
  let now: NamedNow = {};
  const client = modelClient((one) => progress.push(one), seen);
  const record = await client.criticOf('a', byModel, () => now)(ONE_ANSWER, 1);
  expect(record.critiques_Nk).toEqual([[[0], [0], [0]]]);
  expect(record.judge).toMatchObject({ model: 'built-in', where: 'built-in', runsOn: 'a test', said_Nk: [[{ text: 'Wrong steps: [0]' }, {}, {}]] });
  expect(progress.map(({ done, loading }) => loading?.file ?? done)).toEqual([0, 'onnx/model.onnx', 0, 2, 3]);
  now = { settings: { ...defaultSettings('built-in'), temperature: 0.1 }, files: [{ path: 'config.json', file: new Blob(['{}']) }] };
  await client.criticOf('a', byModel, () => now)(ONE_ANSWER, 1);
  await client.criticOf('a', readConfiguration({ method: 'capo', critic: { judge: 'model', model: 'folder', critiques: 1 } }), () => now)(ONE_ANSWER, 2);
  expect(seen.map(({ name, temperature, files }) => [name, temperature, files])).toEqual([['built-in', 0.7, 0], ['built-in', 0.7, 0], ['built-in', 0.1, 0], ['built-in', 0.1, 0], ['folder', 0.1, 1]]);
  // drawn from (seed, update) again
  expect([seen[2]!.draw === seen[0]!.draw, seen[4]!.draw === seen[0]!.draw]).toEqual([true, false]);
});

test('cases of no run are judged through the same worker, cancelled and asked again', async () => {
  const client = modelClient(() => {}, []);
  const question = { judge: { kind: 'model', name: 'built-in', settings: defaultSettings('built-in') }, cases: [{ problem: '1+1', steps_K: ['1+1=3', '=3'] }, { problem: '2', steps_K: [] }], critiques: 2, seed: 7 } as const;
  const { critiques_Nk, judge } = await client.judgeCases('file 1', question);
  expect(critiques_Nk.map((row) => row.map(({ flags }) => flags))).toEqual([[[0], [0]], [[], []]]);
  expect(judge).toMatchObject({ model: 'built-in', runsOn: 'a test' });
  const broken = client.judgeCases('file 2', question);
  setTimeout(() => client.cancelCritique(), 2);
  await expect(broken).rejects.toThrow(/^Judging was cancelled/);
  expect((await client.judgeCases('file 2', question)).critiques_Nk).toEqual(critiques_Nk);
});
