// The value model on the other side of a message channel: a run of method ppo with it equals the same run in one process,
// bit for bit, and what goes wrong there stops the phase here.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { NonFiniteError } from '../lab/nonFinite';
import { prepareRun } from '../lab/prepareRun';
import { readConfiguration } from '../lab/readConfiguration';
import type { SampleRecord, UpdateRecord } from '../lab/record';
import { engineValueCritic, type ValueCritic } from '../lab/valueCritic';
import { CriticClient, type CriticPort } from './criticClient';
import { CriticHost } from './criticHost';
import type { CriticReply, CriticRequest } from './criticMessages';

const configuration = readConfiguration({ method: 'ppo', problemsPerUpdate: 2, answersPerProblem: 3, testProblems: 2, loss: { minibatches: 2 } });
const files = async (name: string) => new Uint8Array(readFileSync(`public/models/chain/${name}`));
const ONE_ANSWER: SampleRecord = {
  problems_P: [], answers: 1, width: 1, problem_N: new Uint32Array(1), tokens_NT: new Uint32Array(1), lengths_N: Uint32Array.of(1), finished_N: new Uint8Array(1), samplerLogprobs_NT: new Float32Array(1),
};
const open = () => new CpuExecutor({ useSimd: true });

/** A client and a host with copied messages between them; replies about scores come late. */
function connected(host: CriticHost, shardAnswers?: number): CriticClient {
  let hear: (event: MessageEvent<CriticReply>) => void = () => undefined;
  const port: CriticPort = {
    postMessage: (request: CriticRequest) => {
      void host.receive(structuredClone(request)).then(async (reply) => {
        if (request.kind === 'scoreValues') await new Promise((resolve) => { setTimeout(resolve, 20 - 10 * request.shard); });
        if (reply !== undefined) hear({ data: structuredClone(reply) } as MessageEvent<CriticReply>);
      });
    },
    addEventListener: (type: string, heard: never) => { if (type === 'message') hear = heard; },
    terminate: () => {},
  };
  return new CriticClient(() => port, undefined, shardAnswers);
}

async function updatesWith(values: ValueCritic, critics?: CriticClient): Promise<UpdateRecord[]> {
  const run = await prepareRun({
    configuration, executor: open(), files, values, critic: critics?.criticOf('a', configuration), makePolicy: makeEnginePolicy, watchedAnswers: 2, clock: () => 0,
  });
  return [await run.nextUpdate(), await run.nextUpdate(), await run.nextUpdate()];
}

test('in two workers the same run as in one process, and its device is freed when the run is dropped', async () => {
  let closed = 0;
  const host = new CriticHost(async ({ configuration: asked }) => ({ critic: await engineValueCritic(open(), asked, files), close: () => { closed++; } }));
  // 6 answers in two shards, the first of which comes back last
  const client = connected(host, 4);
  const apart = await updatesWith(await client.valuesOf('a', configuration, 'cpu'), client);
  expect(apart.some(({ valueModel }) => valueModel!.gradientNorm > 0)).toBe(true);
  expect(apart).toEqual(await updatesWith(await engineValueCritic(open(), configuration, files)));
  const other = await client.valuesOf('b', configuration, 'cpu');
  expect(closed).toBe(1);
  client.dropValues();
  await expect(other.score(ONE_ANSWER, 1)).rejects.toThrow('this run has no value model');
  expect(closed).toBe(2);
});

test('a device that does not open, and numbers that are not finite, are errors of whoever asked', async () => {
  const refusing = connected(new CriticHost(() => Promise.reject(new Error('no memory'))));
  await expect(refusing.valuesOf('a', configuration, 'cpu')).rejects.toThrow('no memory');
  const critic: ValueCritic = {
    score: (_, update) => Promise.reject(new NonFiniteError('value model: value_head.weight', update, 3)),
    learn: () => Promise.reject(new Error('not asked')),
    readState: () => Promise.reject(new Error('not asked')),
    kernelChoice: {},
  };
  const values = await connected(new CriticHost(async () => ({ critic, close: () => undefined }))).valuesOf('a', configuration, 'cpu');
  await expect(values.score(ONE_ANSWER, 4)).rejects.toThrow(new NonFiniteError('value model: value_head.weight', 4, 3));
});
