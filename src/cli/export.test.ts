// `npm run lab -- export` as a person calls it: the folder holds what the policy is, a trained run exports its own weights, and a
// wrong call ends with 2 and writes nothing.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { decoderOnnx } from '../formats/onnx/decoderGraph';
import { loadPolicy } from '../formats/policyFiles';
import { readHuggingFaceConfig } from '../formats/huggingFaceConfig';
import { readTokenizer } from '../formats/tokenizerFile';
import { openRunState } from '../lab/runState';
import { projectRoot } from './install.mjs';
import { folder, lab, makeFolder } from './labTesting';

makeFolder();

const written = (...names: string[]): Uint8Array => new Uint8Array(readFileSync(join(folder, ...names)));
const json = (...names: string[]): unknown => JSON.parse(new TextDecoder().decode(written(...names)));
const FILES = ['config.json', 'generation_config.json', 'onnx', 'tokenizer.json', 'tokenizer_config.json'];

test('a policy: the folder reads back as what it was', async () => {
  const { code, errors } = await lab('export', '--policy', 'bifurcation', '--out', 'there/it');
  expect(errors).toMatch(/Wrote config.json, .*onnx\/model.onnx to .*it \(onnx\/model.onnx: \d+ KiB\)/);
  expect(code).toBe(0);
  const shipped = join(projectRoot, 'public/models/bifurcation');
  const { config, tensors } = await loadPolicy(async (name) => new Uint8Array(readFileSync(join(shipped, name))));
  expect(readdirSync(join(folder, 'there/it')).toSorted()).toEqual(FILES);
  expect(readHuggingFaceConfig(json('there/it/config.json'))).toEqual(config);
  expect(readTokenizer(written('there/it/tokenizer.json'))).toEqual(readTokenizer(new Uint8Array(readFileSync(join(shipped, 'tokenizer.json')))));
  const file = written('there/it/onnx/model.onnx');
  expect(Buffer.from(file).equals(decoderOnnx(config, tensors))).toBe(true);
  const session = await InferenceSession.create(file, { executionProviders: ['wasm'] });
  const layers = Array.from({ length: config.layers }, (_, layer) => layer);
  expect(session.inputNames.toSorted()).toEqual(['attention_mask', 'input_ids', ...layers.flatMap((i) => [`past_key_values.${i}.key`, `past_key_values.${i}.value`]), 'position_ids']);
  expect(session.outputNames.toSorted()).toEqual(['logits', ...layers.flatMap((i) => [`present.${i}.key`, `present.${i}.value`])]);
  expect(session.inputMetadata.find((one) => one.name === 'past_key_values.0.key')).toMatchObject({ type: 'float32', shape: ['batch_size', config.kvHeads, 'past_sequence_length', config.headDim] });
  await session.release();
}, 60_000);

test('a saved run: its trained weights, not those it started from', async () => {
  const small = ['--executor', 'cpu', '--preset', 'small', '--set', 'problemsPerUpdate=2', '--set', 'answersPerProblem=3', '--set', 'testProblems=4'];
  expect((await lab('train', ...small, '--updates', '1', '--save', 'run.state')).code).toBe(0);
  expect((await lab('export', '--state', 'run.state', '--out', 'trained')).code).toBe(0);
  const { model, characters, policy, header } = openRunState(written('run.state'), 'run.state');
  const start = await loadPolicy(async (name) => new Uint8Array(readFileSync(join(projectRoot, 'public/models', header.configuration.policy, name))));
  const file = Buffer.from(written('trained/onnx/model.onnx'));
  expect(file.equals(decoderOnnx(model, policy.weights))).toBe(true);
  expect(file.equals(decoderOnnx(model, start.tensors))).toBe(false);
  expect(readTokenizer(written('trained/tokenizer.json'))).toEqual(characters);
  expect(readdirSync(join(folder, 'trained')).toSorted()).toEqual(FILES);
}, 60_000);

test.each<[string, string[], RegExp]>([
  ['no policy', ['--out', 'it'], /needs one of --policy NAME and --state FILE/],
  ['a policy and a state', ['--policy', 'chain', '--state', 'a', '--out', 'it'], /needs one of --policy NAME and --state FILE/],
  ['no folder', ['--policy', 'chain'], /needs a folder to write: --out DIR/],
  ['a policy that is none', ['--policy', '../runs', '--out', 'it'], /--policy ..\/runs is not one of .*chain/],
  ['a state that is not there', ['--state', 'nowhere', '--out', 'it'], /--state .*nowhere cannot be read/],
  ['a file in the folder\'s place', ['--policy', 'chain', '--out', 'taken'], /--out .*taken cannot be written/],
])('%s ends with 2', async (_, args, message) => {
  writeFileSync(join(folder, 'taken'), '');
  const before = readdirSync(folder);
  const { code, output, errors } = await lab('export', ...args);
  expect(errors).toMatch(message);
  expect([code, output]).toEqual([2, '']);
  expect(readdirSync(folder)).toEqual(before);
}, 60_000);
