// Models in transformers.js as judges use them, on the exported policy chain: tokens follow from their places alone, each text
// ends at its own stop token, and writing can be broken off.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { choose, openLanguageModel, type OpenLanguageModel } from '../critics/model/languageModel';
import { transformersFolder } from '../formats/onnx/modelFolder';
import { NODE_LOADING, openTransformersInNode } from '../formats/onnx/openTransformersInNode';
import { streamKey, uniformAt } from '../random/threefry';

const PROMPTS = ['7+5-3+8:', '1*2+3:', '9-4*7+1:', '6+6:', '3:'];
const models = mkdtempSync(join(tmpdir(), 'creditscope-judge-'));
let model: OpenLanguageModel;
beforeAll(async () => {
  for (const [name, bytes] of await transformersFolder(async (file) => new Uint8Array(readFileSync(`public/models/chain/${file}`)))) {
    const path = join(models, 'chain', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  model = await openLanguageModel(await openTransformersInNode(models), 'chain', { runsOn: 'a test', load: { dtype: 'fp32', ...NODE_LOADING }, pause: async () => {}, chatTemplate: '{{ messages[0].content }}' });
});
afterAll(async () => {
  await model.close();
  rmSync(models, { recursive: true, force: true });
});

const encoded = (text: string): readonly number[] => {
  const ids = model.encode([{ role: 'user', content: text }]);
  if (typeof ids === 'string') throw new Error(ids);
  return ids;
};
const signal = new AbortController().signal;
const key = streamKey(3, 'critique', 0);
const keyed = (prompts: readonly string[]) => (row: number, place: number) => uniformAt(key, PROMPTS.indexOf(prompts[row]!), place);
const write = async (prompts: readonly string[], temperature = 1, maximumTokens = 24) => model.write(prompts.map(encoded), { maximumTokens, temperature, draw: keyed(prompts), signal });

test('at temperature 0 it writes the most likely text, cut at its stop token though others in the batch go on', async () => {
  const texts = await write(PROMPTS, 0);
  expect(texts[0]).toEqual({ text: '7+5=2\n2-3=9\n9+8=7\n=7', isCutOff: false });
  expect(texts[4]!.text.length).toBeLessThan(texts[0]!.text.length);
  for (const [index, prompt] of PROMPTS.entries()) expect(await write([prompt], 0)).toEqual([texts[index]]);
});

test('what is drawn is the same alone, in any batch and again; another key draws otherwise', async () => {
  const texts = await write(PROMPTS, 1.5);
  expect(await write([...PROMPTS].reverse(), 1.5)).toEqual([...texts].reverse());
  expect(await write([PROMPTS[2]!], 1.5)).toEqual([texts[2]]);
  expect(texts).not.toEqual(await write(PROMPTS, 0));
  const other = await model.write(PROMPTS.map(encoded), { maximumTokens: 24, temperature: 1.5, draw: (row, place) => uniformAt(streamKey(4, 'critique', 0), row, place), signal });
  expect(other).not.toEqual(texts);
});

test('tokens come at their probabilities: the share of a softmax by hand', () => {
  const logits = [0, Math.log(3), -Infinity, Math.log(4)];
  const counts = [0, 0, 0, 0];
  for (let n = 0; n < 8000; n++) {
    const row = Float32Array.from(logits);
    choose(row, 1, (n + 0.5) / 8000);
    counts[row.indexOf(0)]!++;
    expect(row.filter((one) => one === -Infinity)).toHaveLength(3);
  }
  expect(counts).toEqual([1000, 3000, 0, 4000]);
  const cold = Float32Array.from(logits);
  choose(cold, 0.01, 0.999);
  expect(cold.indexOf(0)).toBe(3);
  const edge = Float32Array.from(logits);
  choose(edge, 1, 1 - 2 ** -24);
  expect(edge.indexOf(0)).toBe(3);
});

test('out of tokens it is cut off', async () => {
  expect(await write([PROMPTS[0]!], 0, 5)).toEqual([{ text: '7+5=2', isCutOff: true }]);
});

test('broken off while it writes it ends soon', async () => {
  const stop = new AbortController();
  const place: number[] = [];
  const texts = await model.write([encoded(PROMPTS[0]!)], { maximumTokens: 100, temperature: 1, signal: stop.signal, draw: (_, at) => {
    place.push(at);
    if (at === 3) stop.abort();
    return 0.5;
  } });
  expect(place).toEqual([0, 1, 2, 3]);
  expect(texts[0]!.isCutOff).toBe(true);
});

test('characters that it does not know, and prompts longer than it reads, are told and not written on', () => {
  expect(model.encode([{ role: 'user', content: '7+5 plus ß' }])).toBe('The prompt holds characters that this model does not know.');
  expect(model.encode([{ role: 'user', content: '7+'.repeat(100) }])).toBe('The prompt has 200 tokens, and this model reads and writes no more than 128.');
});

test('no more rows at once than their logits have room', () => {
  expect([model.rowsAtOnce(30, 64), model.rowsAtOnce(10_000_000, 64)]).toEqual([64, 1]);
});
