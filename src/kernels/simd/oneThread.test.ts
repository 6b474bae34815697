// A thread alone, its executor's part played by hand: it takes every chunk of a task, of the next task, and after a
// change of epoch it has a module more.

import { afterEach, expect, test } from 'vitest';
import { nodeThreads } from '../../gpu/nodeThreads';
import { awaitChange, BOARD_WORDS, BODY, CHUNKS, CLAIM, DONE, EPOCH, FAILED, GIVEN, GIVEN_COUNT, PARTS, PARTS_PER_CHUNK } from '../../gpu/thread.mjs';
import type { ThreadPort } from '../../gpu/threadPool';
import { attentionModule } from './attention';
import { multiplyModule } from './multiply';

const compiled = (text: string): Promise<WebAssembly.Module> => WebAssembly.compile(Uint8Array.from(Buffer.from(text, 'base64')));
const board = (): Int32Array => new Int32Array(new SharedArrayBuffer(BOARD_WORDS * 4));
const sharedMemory = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });

let port: ThreadPort;
afterEach(() => port.terminate());

/** A task for the thread alone; resolves when all chunks are done. */
function giveTask(words: Int32Array, task: number, body: number, parts: number, size: number, given: readonly number[]): void {
  words[DONE] = 0;
  const fields = [[CHUNKS, Math.ceil(parts / size)], [PARTS, parts], [PARTS_PER_CHUNK, size], [BODY, body], [GIVEN_COUNT, given.length]] as const;
  for (const [word, value] of fields) words[word] = value;
  words.set(given, GIVEN);
  Atomics.store(words, CLAIM, (task << 8) | Math.ceil(parts / size));
  Atomics.notify(words, CLAIM);
  for (let looks = 0; looks < 50 && Atomics.load(words, DONE) < Math.ceil(parts / size); looks++) awaitChange(words, DONE, Atomics.load(words, DONE), 100);
}

test('does whole tasks, one after the other, also of a module that comes later', async () => {
  const memory = sharedMemory();
  const floats = new Float32Array(memory.buffer);
  const words = board();
  port = (await nodeThreads(2)).start();
  const modules = [await compiled(multiplyModule.sharedWasm)];
  words[EPOCH] = 1;
  port.postMessage({ board: words, memory, modules, epoch: 1 });
  expect(await port.nextMessage()).toBe(1);

  // transpose (the second body) of 7 x 3, a row a part
  floats.set(Array.from({ length: 21 }, (_, i) => i), 16);
  for (const task of [1, 2]) {
    floats.fill(-1, 64, 85);
    giveTask(words, task, 1, 7, 2, [64, 256, 7, 3]);
    expect([words[DONE], words[CLAIM]]).toEqual([4, task << 8]);
    expect([...floats.slice(64, 85)]).toEqual([0, 3, 6, 9, 12, 15, 18, 1, 4, 7, 10, 13, 16, 19, 2, 5, 8, 11, 14, 17, 20]);
  }

  Atomics.store(words, EPOCH, 2);
  Atomics.store(words, CLAIM, 3 << 8);
  Atomics.notify(words, CLAIM);
  modules.push(await compiled(attentionModule.sharedWasm));
  port.postMessage({ board: words, memory, modules, epoch: 2 });
  expect(await port.nextMessage()).toBe(2);
  // swiglu, the seventh: silu(0) * 5 = 0 for eight numbers, where -1 was
  floats.fill(0, 128, 136).fill(5, 136, 144).fill(-1, 144, 152);
  giveTask(words, 4, 6, 2, 1, [512, 544, 576, 8]);
  expect([...floats.slice(144, 152)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(words[FAILED]).toBe(0);
});

test('a body that fails is told, and its chunk counts as done', async () => {
  const words = board();
  port = (await nodeThreads(2)).start();
  words[EPOCH] = 1;
  port.postMessage({ board: words, memory: sharedMemory(), modules: [await compiled(multiplyModule.sharedWasm)], epoch: 1 });
  await port.nextMessage();
  // far behind the end of the memory
  giveTask(words, 1, 1, 1, 1, [2 ** 30, 0, 1, 1]);
  expect([words[DONE], words[FAILED]]).toEqual([1, 1]);
});

test('what cannot start says so', async () => {
  port = (await nodeThreads(2)).start();
  // a module for a memory of one thread does not take a shared one
  port.postMessage({ board: board(), memory: sharedMemory(), modules: [await compiled(multiplyModule.wasm)], epoch: 1 });
  await expect(port.nextMessage()).rejects.toThrow('memory');
});
