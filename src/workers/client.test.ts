import { expect, test } from 'vitest';
import { createTrainingClient, type TrainingPort } from './client';
import type { Alive } from './lifeline';
import { NO_RUN, PROTOCOL_VERSION, type Command, type TrainingEvent } from './protocol';

/** Workers made by hand, in the order in which they are opened, and what the page hears. */
function setUp() {
  const workers: { sent: Command[]; isEnded: boolean; say: (data: TrainingEvent | Alive) => void; fail: (message: string) => void }[] = [];
  const cuts = new Map<string, () => void>();
  const open = (): TrainingPort => {
    const worker: (typeof workers)[number] = { sent: [], isEnded: false, say: () => {}, fail: () => {} };
    workers.push(worker);
    return {
      postMessage: (command) => worker.sent.push(command),
      addEventListener: (type: string, listener: (event: never) => void) => {
        if (type === 'message') worker.say = (data) => listener({ data } as never);
        else worker.fail = (message) => listener({ message } as never);
      },
      terminate: () => { worker.isEnded = true; },
    };
  };
  const client = createTrainingClient(open, (lifeline) => new Promise((resolve) => { cuts.set(lifeline, resolve); }));
  const heard: TrainingEvent[] = [];
  client.subscribe((event) => heard.push(event));
  return { workers, cuts, client, heard };
}

const event = (run: string): TrainingEvent => ({ protocol: PROTOCOL_VERSION, run, kind: 'paused', update: 0 });
const soon = () => new Promise((resolve) => { setTimeout(resolve, 0); });

test('a worker that fails is replaced, the page is told, and what the old one still says is not heard', () => {
  const { workers, client, heard } = setUp();
  workers[0]!.say(event('a'));
  workers[0]!.fail('out of memory');
  expect([workers.length, workers[0]!.isEnded]).toEqual([2, true]);
  workers[0]!.say(event('late'));
  workers[0]!.fail('again');
  workers[1]!.say(event('b'));
  expect(heard).toEqual([event('a'), { protocol: PROTOCOL_VERSION, run: NO_RUN, kind: 'crashed', message: 'The training worker failed (out of memory).' }, event('b')]);
  client.send('b', { kind: 'play' });
  expect([workers[0]!.sent, workers[1]!.sent]).toEqual([[], [{ protocol: PROTOCOL_VERSION, run: 'b', kind: 'play' }]]);
});

test('one that ends without a word is noticed by its lifeline, which the page does not hear of', async () => {
  const { workers, cuts, heard } = setUp();
  workers[0]!.say({ kind: 'alive', lifeline: 'lock' });
  expect(heard).toEqual([]);
  cuts.get('lock')!();
  await soon();
  expect(workers.length).toBe(2);
  expect(heard).toMatchObject([{ kind: 'crashed', message: 'The training worker failed (it ended without a word).' }]);
});

test('one whose code does not load is not opened again', () => {
  const { workers, heard } = setUp();
  workers[0]!.fail('');
  expect(workers.length).toBe(1);
  expect(heard).toMatchObject([{ kind: 'error', message: 'The training worker failed: its code could not be loaded.' }]);
});

test('after disposal nothing is opened', async () => {
  const { workers, cuts, client } = setUp();
  workers[0]!.say({ kind: 'alive', lifeline: 'lock' });
  client.dispose();
  cuts.get('lock')!();
  await soon();
  expect([workers.length, workers[0]!.isEnded]).toEqual([1, true]);
});
