// What of the site is kept at once, what when it is first used, and what never.

import { expect, test } from 'vitest';
import { listed } from './offlinePlugin.mjs';

const files = (names: readonly string[], text = 'x') => new Map(names.map((name) => [name, Buffer.from(text)]));
const paths = (list: readonly { path: string }[]): string[] => list.map(({ path }) => path);

const SITE = [
  'answers/gsm8k.jsonl', 'assets/index-a1.js', 'assets/ort-wasm-simd-threaded.asyncify-b2.wasm', 'assets/policy.worker-c3.js', 'assets/transformers.web-d4.js', 'creditscope.zip', 'index.html',
  'models/chain-hard/model.safetensors', 'models/chain/model.safetensors', 'models/judge/model.onnx', 'picture.png', 'runs/default.json', 'runs/lessons/one.json', 'sw.js',
];

test('the page, its workers, the recorded runs and the first policy at once; judge, other policies and answers when they are used', () => {
  const { core, extra } = listed(files(SITE));
  expect(paths(core)).toEqual(['assets/index-a1.js', 'assets/policy.worker-c3.js', 'index.html', 'models/chain/model.safetensors', 'runs/default.json', 'runs/lessons/one.json']);
  expect(paths(extra)).toEqual(['answers/gsm8k.jsonl', 'assets/ort-wasm-simd-threaded.asyncify-b2.wasm', 'assets/transformers.web-d4.js', 'models/chain-hard/model.safetensors', 'models/judge/model.onnx']);
});

test('another byte anywhere is another version; the service worker and the zip themselves are not counted', () => {
  const version = (change: string) => listed(new Map([...files(SITE), [change, Buffer.from('y')]])).version;
  const before = listed(files(SITE)).version;
  expect(version('runs/default.json')).not.toBe(before);
  expect([version('sw.js'), version('creditscope.zip')]).toEqual([before, before]);
  // sha256 of "x", from elsewhere
  expect(listed(files(['index.html'])).core[0]!.hash).toBe('2d711642b726b044');
});
