// Hugging Face, stood in for by a function: what it is asked, when, and what is kept of it.

import { afterEach, expect, test, vi } from 'vitest';
import { JudgeStopped, type JudgeQuestion, type ModelLoading } from '../../lab/judging';
import { openFileStore, type FileStore } from './fileStore';
import { HubModel, readListing } from './hubFolder';

const MODEL = 'somebody/a-judge';
const SHA = '0123456789abcdef';
const FILES: Readonly<Record<string, string>> = {
  'config.json': '{}', 'tokenizer.json': '{"a":1}', 'tokenizer_config.json': '{"b":2}', 'README.md': '# not needed', 'onnx/model.onnx': 'x'.repeat(5000), 'onnx/model_q4.onnx': 'y'.repeat(1000), 'onnx/model_q4.onnx_data': 'z'.repeat(2000),
};
const listing = { sha: SHA, siblings: Object.entries(FILES).map(([rfilename, text]) => ({ rfilename, size: text.length, blobId: 'b' })) };
const NEVER = new AbortController().signal;
const Q4 = ['onnx/model_q4.onnx', 'onnx/model_q4.onnx_data'];

let asked: string[] = [];
afterEach(() => vi.unstubAllGlobals());

function serve(answer: (path: string, signal: AbortSignal) => Response | Promise<Response>): void {
  asked = [];
  vi.stubGlobal('fetch', (address: string, { signal }: RequestInit) => {
    const { origin, pathname } = new URL(address);
    expect(origin).toBe('https://huggingface.co');
    asked.push(pathname);
    return Promise.resolve(answer(pathname, signal!));
  });
}
const fileOf = (path: string): string | undefined => FILES[path.replace(`/${MODEL}/resolve/${SHA}/`, '')];
const hub = (path: string): Response => (path === `/api/models/${MODEL}` ? Response.json(listing) : fileOf(path) === undefined ? new Response(null, { status: 404 }) : new Response(fileOf(path)));

async function stopped(work: Promise<unknown>): Promise<JudgeStopped> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(JudgeStopped);
  return error as JudgeStopped;
}

/** As a browser's, in memory. */
function fakeCaches(): CacheStorage {
  const kept = new Map<string, Blob>();
  const cache = {
    match: async (address: string) => kept.has(address) ? new Response(kept.get(address)) : undefined,
    put: async (address: string, response: Response) => { kept.set(address, await response.blob()); },
    delete: async (address: string) => kept.delete(address),
  };
  return { open: async () => cache } as unknown as CacheStorage;
}

test.each<[string, () => Promise<FileStore>]>([
  ['in the browser\'s cache', () => openFileStore(fakeCaches())],
  ['in memory where that is forbidden', () => openFileStore({ open: () => Promise.reject(new DOMException('no', 'SecurityError')) } as unknown as CacheStorage)],
])('nothing is asked before a person agreed, then the list, then the files that its weights need, once; kept %s', async (_, store_) => {
  serve(hub);
  const store = await store_();
  const first = await stopped(HubModel.open(MODEL, undefined, store, NEVER));
  expect(first.asks).toEqual({ kind: 'fetch', host: 'huggingface.co', model: MODEL, files: null });
  await stopped(HubModel.open(MODEL, { model: 'another/one', files: true }, store, NEVER));
  expect(asked).toEqual([]);

  const model = await HubModel.open(MODEL, { model: MODEL, files: false }, store, NEVER);
  expect(model.names).toContain('onnx/model_q4.onnx_data');
  const loaded: ModelLoading[] = [];
  const watch = { signal: NEVER, onLoading: (one: ModelLoading) => loaded.push(one) };
  const second = await stopped(model.fetch(Q4, { model: MODEL, files: false }, watch));
  const { files } = second.asks as Extract<JudgeQuestion, { kind: 'fetch' }>;
  expect(files!.map(({ name, bytes }) => [name, bytes])).toEqual([['config.json', 2], ['tokenizer.json', 7], ['tokenizer_config.json', 7], ['onnx/model_q4.onnx', 1000], ['onnx/model_q4.onnx_data', 2000]]);
  expect(asked).toEqual([`/api/models/${MODEL}`]);

  const folder = await model.fetch(Q4, { model: MODEL, files: true }, watch);
  expect(asked.slice(1)).toEqual(files!.map(({ name }) => `/${MODEL}/resolve/${SHA}/${name}`));
  expect(loaded[0]).toEqual({ file: 'config.json', loaded: 0, total: 3016 });
  expect(loaded.at(-1)).toEqual({ file: 'onnx/model_q4.onnx_data', loaded: 3016, total: 3016 });
  expect(await (await folder.read('tokenizer.json'))!.text()).toBe('{"a":1}');
  expect([await folder.read('README.md'), await folder.read('onnx/model.onnx')]).toEqual([undefined, undefined]);

  // without any agreement and without a network
  serve(() => { throw new Error('no network'); });
  const again = await HubModel.open(MODEL, undefined, store, NEVER);
  expect(await (await (await again.fetch(Q4, undefined, watch)).read('onnx/model_q4.onnx'))!.text()).toBe('y'.repeat(1000));
  expect(asked).toEqual([]);
  // other weights are other files
  expect((await stopped(again.fetch(['onnx/model.onnx'], undefined, watch))).asks).toMatchObject({ files: [{ name: 'onnx/model.onnx', bytes: 5000 }] });
});

const allowed = { model: MODEL, files: true };

test('cancelled half-way: what was whole stays, the file under way is not kept', async () => {
  const stop = new AbortController();
  serve((path, signal) => {
    if (!path.endsWith('model_q4.onnx')) return hub(path);
    const body = new ReadableStream<Uint8Array>({ start: (controller) => {
      controller.enqueue(new Uint8Array(400));
      signal.addEventListener('abort', () => controller.error(signal.reason));
    } });
    return new Response(body);
  });
  const store = await openFileStore(fakeCaches());
  const model = await HubModel.open(MODEL, allowed, store, NEVER);
  await expect(model.fetch(Q4, allowed, { signal: stop.signal, onLoading: ({ loaded }) => { if (loaded >= 416) stop.abort(); } })).rejects.toThrow(/abort/i);
  serve(hub);
  const told: string[] = [];
  await model.fetch(Q4, allowed, { signal: NEVER, onLoading: ({ file }) => told.push(file) });
  expect(new Set(told)).toEqual(new Set(Q4));
});

test.each<[string, (path: string) => Response, RegExp]>([
  ['no such model', () => new Response(null, { status: 401 }), /has no model somebody\/a-judge, or not for everyone \(it answered 401\)/],
  ['trouble', () => new Response(null, { status: 503 }), /answered 503/],
  ['a file shorter than was said', (path) => (path.endsWith('_q4.onnx') ? new Response('y') : hub(path)), /model_q4\.onnx came with 1 bytes instead of 1000/],
  ['nonsense', () => new Response('<html>'), /cannot be read/],
])('%s is told in a sentence, and not kept', async (_, answer, message) => {
  serve(answer);
  for (const storage of [fakeCaches(), undefined]) {
    const store = await openFileStore(storage);
    const work = async () => (await HubModel.open(MODEL, allowed, store, NEVER)).fetch(Q4, allowed, { signal: NEVER, onLoading: () => {} });
    expect((await stopped(work())).message).toMatch(message);
    expect((await stopped(work())).message).toMatch(message);
  }
});

test('without a network it says so', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect((await stopped(HubModel.open(MODEL, allowed, await openFileStore(undefined), NEVER))).message).toBe('huggingface.co cannot be reached.');
});

test('names that would lead out of the model\'s folder, and sizes that are none, are passed over', () => {
  const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
  const siblings = [{ rfilename: '../../evil', size: 1 }, { rfilename: '/etc/passwd', size: 1 }, { rfilename: 'a/../b', size: 1 }, { rfilename: 'a?b', size: 1 }, { rfilename: 'onnx/model.onnx', size: -1 }, { rfilename: 7, size: 1 }, { rfilename: 'ok.json', size: 4 }];
  expect(readListing(bytes({ sha: SHA, siblings }), MODEL)).toEqual({ revision: SHA, files: [{ name: 'ok.json', bytes: 4 }] });
  for (const wrong of [[], { siblings }, { sha: '../x', siblings }, { sha: SHA, siblings: {} }, { sha: SHA, siblings: Array(3000).fill(siblings[6]) }, { sha: SHA, siblings: [null] }]) {
    expect(() => readListing(bytes(wrong), MODEL), JSON.stringify(wrong).slice(0, 60)).toThrow(JudgeStopped);
  }
});
