import { expect, test } from 'vitest';
import { CriticClient, type CriticPort } from './criticClient';
import type { CriticReply, CriticRequest } from './criticMessages';
import { readConfiguration } from '../lab/readConfiguration';
import type { CritiqueRecord, SampleRecord } from '../lab/record';
import { transferables } from './transferables';

test('every block of memory once, however deep and however many views', () => {
  const shared = new Float32Array(4);
  const other = new Uint8Array(2);
  const found = transferables({ a: shared, b: [{ c: shared.subarray(1) }, null, 'text'], d: { e: other } });
  expect([...found]).toEqual([shared.buffer, other.buffer]);
});

function port() {
  const asked: CriticRequest[] = [];
  let listener: (event: MessageEvent<CriticReply>) => void = () => undefined;
  let fail: (event: ErrorEvent) => void = () => undefined;
  const made: CriticPort = {
    postMessage: (request) => asked.push(request),
    addEventListener: (type: string, heard: never) => { if (type === 'message') listener = heard; else fail = heard; },
  };
  return { made, asked, reply: (data: CriticReply) => listener({ data } as MessageEvent<CriticReply>), fail: (message: string) => fail({ message } as ErrorEvent) };
}

test('critiques join by run and update, not by arrival', async () => {
  const { made, asked, reply } = port();
  const client = new CriticClient(made);
  const critic = client.criticOf('a', readConfiguration({ seed: 4 }));
  const sample = {} as SampleRecord;
  const [first, second] = [critic(sample, 1), critic(sample, 2)];
  expect(asked).toMatchObject([{ run: 'a', update: 1, seed: 4, task: 'chain' }, { run: 'a', update: 2, seed: 4, task: 'chain' }]);
  const recordOf = (update: number) => ({ steps_NK: [[[update, update]]] }) as unknown as CritiqueRecord;
  reply({ run: 'a', update: 2, kind: 'critique', record: recordOf(2) });
  reply({ run: 'b', update: 1, kind: 'critique', record: recordOf(9) });
  reply({ run: 'a', update: 1, kind: 'critique', record: recordOf(1) });
  expect(await first).toEqual(recordOf(1));
  expect(await second).toEqual(recordOf(2));
});

test('a critique that failed, or a worker that did, is an error of the phase', async () => {
  const { made, reply, fail } = port();
  const critic = new CriticClient(made).criticOf('a', readConfiguration({}));
  const [first, second] = [critic({} as SampleRecord, 1), critic({} as SampleRecord, 2)];
  reply({ run: 'a', update: 1, kind: 'error', of: 'critique', message: 'no such task' });
  await expect(first).rejects.toThrow('no such task');
  fail('out of memory');
  await expect(second).rejects.toThrow(/critic's worker failed: out of memory/);
});
