// Host and client of run files joined by hand: what is written is read again, damage is told, nothing is left half done.

import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readRunFile, type RunFile } from '../formats/runFile';
import { madeUpRun } from '../formats/runFileTesting';
import { createRunFileClient, type RunFilePort } from './runFileClient';
import { RunFileHost } from './runFileHost';
import type { RunFileReply } from './runFileMessages';

let ended = 0;
let said: RunFileReply['kind'][] = [];

/** As a worker would: replies come later, and none after its end. */
function joined(): RunFilePort {
  let isEnded = false;
  let hear: (event: MessageEvent<RunFileReply>) => void = () => {};
  const host = new RunFileHost({
    post: (reply, transfer) => {
      const data = structuredClone(reply, { transfer });
      setTimeout(() => {
        if (isEnded) return;
        said.push(data.kind);
        hear({ data } as MessageEvent<RunFileReply>);
      });
    },
    now: () => 0,
  });
  return {
    postMessage: (request) => void host.receive(structuredClone(request)),
    addEventListener: (type: string, listener: never) => { if (type === 'message') hear = listener; },
    terminate: () => { isEnded = true; ended++; },
  };
}

const { signal } = new AbortController();
const none = (): void => {};
const run: RunFile = { ...madeUpRun(20, 2, 3, 30), state: Uint8Array.from({ length: 30_000 }, (_, i) => i) };
const written = createRunFileClient(joined).write(run, none, signal);
const bytes = async () => new Uint8Array(await (await written).arrayBuffer());

test('what is written is a gzipped run file', async () => {
  const progress: string[] = [];
  const file = await createRunFileClient(joined).write(run, (done, total) => progress.push(`${done}/${total}`), signal);
  expect(progress).toEqual(Array.from({ length: 21 }, (_, i) => `${i}/20`));
  const text = gunzipSync(new Uint8Array(await file.arrayBuffer())).toString();
  expect(readRunFile(text).state).toEqual(run.state);
  expect(readRunFile(text).updates.length).toBe(20);
});

test('and is read again, gzipped or not', async () => {
  const expected = readRunFile(gunzipSync(await bytes()).toString());
  said = [];
  ended = 0;
  for (const file of [await written, new Blob([gunzipSync(await bytes())])]) {
    expect(await createRunFileClient(joined).read(file, none, signal)).toEqual(expected);
  }
  expect(said.filter((kind) => kind === 'read').length).toBe(2);
  expect(ended).toBe(2);
});

test.each([
  ['cut off', async () => (await bytes()).slice(0, -200), /is damaged: it does not unpack/],
  ['with a byte changed', async () => (await bytes()).map((byte, i) => (i === 5000 ? byte ^ 1 : byte)), /is damaged: it does not unpack|is not JSON|must be|checksum/],
  ['plain and cut off', async () => gunzipSync(await bytes()).subarray(0, 9000), /is not JSON|stops in the middle/],
  ['no text', async () => Uint8Array.of(0xff, 0xfe, 0), /is not text/],
  ['of something else', async () => new TextEncoder().encode('{"prompt":"1"}'), /run.header: must be an object/],
  ['with nothing in it', async () => new Uint8Array(), /is empty/],
])('a file %s is refused with the reason', async (_, damaged, reason) => {
  await expect(createRunFileClient(joined).read(new Blob([await damaged() as Uint8Array<ArrayBuffer>]), none, signal)).rejects.toThrow(reason);
});

test('stopped, its worker is ended and nothing more is heard', async () => {
  const stopping = new AbortController();
  ended = 0;
  const reading = createRunFileClient(joined).read(await written, none, stopping.signal);
  stopping.abort();
  await expect(reading).rejects.toThrow('it was stopped');
  expect(ended).toBe(1);
});
