import { expect, test } from 'vitest';
import { CriticClient, type CriticPort } from './criticClient';
import type { CriticReply, CriticRequest } from './criticMessages';
import type { Alive } from './lifeline';
import { ResourceLost } from '../gpu/resourceLost';
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
  let listener: (event: MessageEvent<CriticReply | Alive>) => void = () => undefined;
  let fail: (event: ErrorEvent) => void = () => undefined;
  let ended = 0;
  const made: CriticPort = {
    postMessage: (request) => asked.push(request),
    addEventListener: (type: string, heard: never) => { if (type === 'message') listener = heard; else fail = heard; },
    terminate: () => { ended++; },
  };
  return { made, asked, reply: (data: CriticReply | Alive) => listener({ data } as MessageEvent<CriticReply | Alive>), fail: (message: string) => fail({ message, preventDefault: () => {} } as ErrorEvent), timesEnded: () => ended };
}

test('critiques join by run, update and shard, not by arrival', async () => {
  const { made, asked, reply } = port();
  const client = new CriticClient(() => made);
  const critic = client.criticOf('a', readConfiguration({ seed: 4 }));
  const sample = {} as SampleRecord;
  const [first, second] = [critic(sample, 1), critic(sample, 2)];
  expect(asked).toMatchObject([{ run: 'a', update: 1, seed: 4, task: 'chain' }, { run: 'a', update: 2, seed: 4, task: 'chain' }]);
  const recordOf = (update: number) => ({ steps_NK: [[[update, update]]] }) as unknown as CritiqueRecord;
  reply({ run: 'a', update: 2, shard: 0, kind: 'critique', record: recordOf(2) });
  reply({ run: 'a', update: 1, shard: 1, kind: 'critique', record: recordOf(8) });
  reply({ run: 'b', update: 1, shard: 0, kind: 'critique', record: recordOf(9) });
  reply({ run: 'a', update: 1, shard: 0, kind: 'critique', record: recordOf(1) });
  expect(await first).toEqual(recordOf(1));
  expect(await second).toEqual(recordOf(2));
});

test('values of a large update go over in shards, and are put together in their order', async () => {
  const { made, asked, reply } = port();
  const client = new CriticClient(() => made, undefined, 2);
  const prepared = client.valuesOf('a', readConfiguration({}), 'webgpu');
  reply({ run: 'a', update: 0, shard: 0, kind: 'prepareValues', kernelChoice: { k: 'v' } });
  const values = await prepared;
  expect(values.kernelChoice).toEqual({ k: 'v' });
  const numbers = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);
  const sample: SampleRecord = {
    problems_P: [], answers: 5, width: 3, problem_N: numbers(5), tokens_NT: numbers(15), lengths_N: numbers(5), finished_N: new Uint8Array(5), samplerLogprobs_NT: new Float32Array(15),
  };
  const scored = values.score(sample, 4);
  const sent = asked.slice(1) as Extract<CriticRequest, { kind: 'scoreValues' }>[];
  expect(sent.map(({ update, shard, sample: part }) => [update, shard, part.answers, [...part.tokens_NT], [...part.problem_N]])).toEqual([
    [4, 0, 2, [0, 1, 2, 3, 4, 5], [0, 1]], [4, 1, 2, [6, 7, 8, 9, 10, 11], [2, 3]], [4, 2, 1, [12, 13, 14], [4]],
  ]);
  for (const shard of [2, 0, 1]) reply({ run: 'a', update: 4, shard, kind: 'scoreValues', values_NT: Float32Array.from(sent[shard]!.sample.tokens_NT, (one) => one / 2) });
  expect(await scored).toEqual(Float32Array.from({ length: 15 }, (_, i) => i / 2));
});

test('a critique that failed, or a worker that did, is an error of the phase', async () => {
  const { made, reply, fail } = port();
  const critic = new CriticClient(() => made).criticOf('a', readConfiguration({}));
  const [first, second] = [critic({} as SampleRecord, 1), critic({} as SampleRecord, 2)];
  reply({ run: 'a', update: 1, shard: 0, kind: 'error', of: 'critique', message: 'no such task' });
  await expect(first).rejects.toThrow('no such task');
  fail('out of memory');
  await expect(second).rejects.toThrow(new ResourceLost("the critics' worker failed (out of memory)"));
});

test('a critics\' worker that ends without a word fails what was asked; what is asked next goes to a new one', async () => {
  const ports = [port(), port()];
  let opened = 0;
  let cut: () => void = () => undefined;
  const watched: string[] = [];
  const client = new CriticClient(() => ports[opened++]!.made, (lifeline) => {
    watched.push(lifeline);
    return new Promise((resolve) => { cut = resolve; });
  });
  const critic = client.criticOf('a', readConfiguration({}));
  ports[0]!.reply({ kind: 'alive', lifeline: 'lock 1' });
  expect(watched).toEqual(['lock 1']);
  const asked = critic({} as SampleRecord, 1);
  cut();
  await expect(asked).rejects.toThrow(ResourceLost);
  expect([opened, ports[0]!.timesEnded()], 'a worker whose code does not load is not started over and over').toEqual([1, 1]);
  const again = critic({} as SampleRecord, 1);
  expect([opened, ports[1]!.asked.length]).toEqual([2, 1]);
  ports[0]!.fail('late');
  ports[1]!.reply({ run: 'a', update: 1, shard: 0, kind: 'critique', record: { steps_NK: [] } as unknown as CritiqueRecord });
  expect(await again).toEqual({ steps_NK: [] });
});

test('a device that the critics lost is told as lost, other errors as they are', async () => {
  const { made, reply } = port();
  const client = new CriticClient(() => made);
  const [lost, wrong] = [client.valuesOf('a', readConfiguration({}), 'webgpu'), client.valuesOf('b', readConfiguration({}), 'webgpu')];
  reply({ run: 'a', update: 0, shard: 0, kind: 'error', of: 'prepareValues', message: 'the GPU device was lost', isLost: true });
  reply({ run: 'b', update: 0, shard: 0, kind: 'error', of: 'prepareValues', message: 'no such file' });
  await expect(lost).rejects.toThrow(new ResourceLost('value model: the GPU device was lost'));
  await expect(wrong).rejects.not.toBeInstanceOf(ResourceLost);
});

test('a value model whose worker failed between two questions is told as lost at the next', async () => {
  const { made, reply, fail, asked } = port();
  const client = new CriticClient(() => made);
  const preparing = client.valuesOf('a', readConfiguration({}), 'cpu');
  reply({ run: 'a', update: 0, shard: 0, kind: 'prepareValues', kernelChoice: {} });
  const values = await preparing;
  fail('provoked');
  await expect(values.readState(1)).rejects.toThrow(new ResourceLost("the critics' worker failed (provoked)"));
  expect(asked.length).toBe(1);
});
