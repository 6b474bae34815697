import { expect, test } from 'vitest';
import type { Executor } from '../../gpu/executor';
import { runKernel, testExecutors } from '../../gpu/testing';
import { streamKey, uniformAt, type Words } from '../../random/threefry';
import { countUnfinished } from './countUnfinished';
import { drawToken } from './drawToken';

const KEY: Words = [0xdeadbeef, 0x12345678];
const STOP = 2;
const PADDING = 9;

interface Draw { readonly rows: number; readonly VOCAB: number; readonly column: number; readonly offset?: number; readonly greedy?: number; readonly key?: Words; readonly temperature?: number }

async function draw(
  executor: Executor, probabilities: Float32Array<ArrayBuffer>, logits: Float32Array<ArrayBuffer>,
  { rows, VOCAB, column, offset = 0, greedy = 0, key = KEY, temperature = 1 }: Draw, finished = new Uint32Array(rows),
) {
  const empty = () => new Uint32Array(rows);
  return runKernel(executor, drawToken, {
    logits, probabilities, current: empty(), finished, lengths: empty(), tokens: new Uint32Array(rows * 3), logprobs: new Float32Array(rows * 3),
  }, { rows, column, row_offset: offset, key0: key[0], key1: key[1], temperature, greedy, stop_token: STOP, padding_token: PADDING, VOCAB, CAPACITY: 3 });
}

// With 1024 equal probabilities every cumulative sum is exact, so the token is floor(u * 1024): the draw shows ten bits of u.
test.each([KEY, [0, 0] as Words, [0xffffffff, 0xffffffff] as Words, streamKey(3, 'sampling', 17)])('the rounds are those of src/random/threefry.ts, key %i %i', async (...key) => {
  const [rows, VOCAB] = [33, 1024];
  const even = new Float32Array(rows * VOCAB).fill(1 / VOCAB);
  for (const executor of await testExecutors()) for (const [column, offset] of [[0, 0], [2, 100], [1, 0xfffffff0]] as const) {
    const { tokens } = await draw(executor, even, new Float32Array(rows * VOCAB), { rows, VOCAB, column, offset, key });
    for (let row = 0; row < rows; row++) expect(tokens[row * 3 + column]).toBe(Math.floor(uniformAt(key, offset + row, column) * VOCAB));
  }
});

test('a draw that falls on the border of two tokens takes the upper one', async () => {
  const VOCAB = 1024;
  let offset = 0;
  while (!Number.isInteger(uniformAt(KEY, offset, 0) * VOCAB)) offset++;
  const even = new Float32Array(VOCAB).fill(1 / VOCAB);
  for (const executor of await testExecutors()) {
    const { tokens } = await draw(executor, even, new Float32Array(VOCAB), { rows: 1, VOCAB, column: 0, offset });
    expect(tokens[0]).toBe(uniformAt(KEY, offset, 0) * VOCAB);
  }
});

test('the stop token finishes a row and counts; a finished row gets padding; log-probs ignore the filter', async () => {
  const probabilities = Float32Array.of(0, 0, 1, 0, /**/ 0, 1, 0, 0, /**/ 1, 0, 0, 0);
  const logits = Float32Array.from([1, 2, 3, 4, 1, 1, 1, 1, 0, 0, 0, 0]);
  for (const executor of await testExecutors()) {
    const got = await draw(executor, probabilities, logits, { rows: 3, VOCAB: 4, column: 1, temperature: 0.5 }, Uint32Array.of(0, 0, 1));
    expect([...got.tokens]).toEqual([0, 2, 0, 0, 1, 0, 0, PADDING, 0]);
    expect([...got.current]).toEqual([2, 1, PADDING]);
    expect([...got.finished]).toEqual([1, 0, 1]);
    expect([...got.lengths]).toEqual([2, 2, 0]);
    // log-softmax of [2,4,6,8] at the third: -2 - log(1 + e^-2 + e^-4 + e^-6)
    expect(got.logprobs[1]).toBeCloseTo(-2.1450779, 5);
    expect(got.logprobs[4]).toBeCloseTo(-1.3862944, 5);
    expect(got.logprobs[7]).toBe(0);
    const { count } = await runKernel(executor, countUnfinished, { finished: got.finished, count: Uint32Array.of(77) }, { rows: 3 });
    expect([...count]).toEqual([1]);
  }
});

test('greedy takes the largest logit, the lowest id where equal, whatever the probabilities say', async () => {
  const logits = Float32Array.of(-3, 5, 0, 5, /**/ -2, -2, -2, -2, /**/ 0, 1, 2, 3);
  const probabilities = Float32Array.of(1, 0, 0, 0, /**/ 0, 0, 0, 1, /**/ 1, 0, 0, 0);
  for (const executor of await testExecutors()) {
    const { tokens } = await draw(executor, probabilities, logits, { rows: 3, VOCAB: 4, column: 0, greedy: 1 });
    expect([tokens[0], tokens[3], tokens[6]]).toEqual([1, 0, 3]);
  }
});

test('a token without probability is never drawn, also where the sum stays below u', async () => {
  const rows = 500;
  const probabilities = Float32Array.from({ length: rows * 4 }, (_, i) => [0, 0.25, 0.25, 0][i % 4]!);
  for (const executor of await testExecutors()) {
    const { tokens } = await draw(executor, probabilities, new Float32Array(rows * 4), { rows, VOCAB: 4, column: 0 });
    const drawn = Array.from({ length: rows }, (_, row) => tokens[row * 3]!);
    expect(new Set(drawn)).toEqual(new Set([1, 2]));
  }
});
