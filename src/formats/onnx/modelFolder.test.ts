// transformers.js opens the exported folder from disk, with no other host asked, and writes greedily what our sampler writes.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tensor } from '@huggingface/transformers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import { planBuffer } from '../../gpu/buffer';
import { FlatTensors, layOutParameters } from '../../model/parameterLayout';
import { ropeTable } from '../../model/ropeTable';
import { Sampler } from '../../model/sampler';
import { streamKey } from '../../random/threefry';
import { FIRST_CHARACTER_TOKEN, STOP_TOKEN } from '../../tasks/task';
import { loadPolicy } from '../policyFiles';
import { readHuggingFaceConfig } from '../huggingFaceConfig';
import { readTokenizer, STOP_NAME } from '../tokenizerFile';
import { MODEL_FILE, transformersFolder } from './modelFolder';
import { NODE_LOADING, openTransformersInNode } from './openTransformersInNode';

const shipped = async (name: string): Promise<Uint8Array> => new Uint8Array(readFileSync(`public/models/chain/${name}`));
const ANSWER = 20;
/** of several lengths, so that a batch has padding */
const PROMPTS = ['7+5-3+8:', '1*2+3:', '9-4*7+1:', '6+6:', '0-9*8-7:', '3:'];

const models = mkdtempSync(join(tmpdir(), 'creditscope-onnx-'));
const exported = await transformersFolder(shipped);
beforeAll(() => {
  for (const [name, bytes] of exported) {
    const path = join(models, 'chain', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
});
afterAll(() => rmSync(models, { recursive: true, force: true }));

/** As headless commands open it; what it asks of hosts is counted. */
async function openTransformers() {
  const transformers = await openTransformersInNode(models);
  const request = vi.fn<typeof fetch>(async (address) => { throw new Error(`asked for ${String(address)}`); });
  Object.assign(transformers.env, { fetch: request });
  return { ...transformers, load: { dtype: 'fp32', ...NODE_LOADING } as const, request };
}

/** Text of our sampler's greedy answers, the stop token left out, and how many ended with it. */
async function sampledGreedily(prompts: readonly string[]): Promise<{ texts: string[]; ended: number }> {
  const { config, tensors } = await loadPolicy(shipped);
  const characters = readTokenizer(await shipped('tokenizer.json'));
  const executor = new CpuExecutor();
  const weights = new FlatTensors(layOutParameters(config, executor.maxBindingBytes), 'weights');
  const table = planBuffer('rope', config.maximumPositions * config.headDim);
  executor.allocate(...weights.buffers, table);
  executor.write(table, ropeTable(config.maximumPositions, config.headDim, config.ropeTheta));
  for (const [name, { data }] of tensors) executor.write(weights.of(name), data);
  const longest = Math.max(...prompts.map((one) => one.length));
  const sampler = new Sampler(config, { prompts: prompts.length, answersPerPrompt: 1, promptLength: longest, answerLength: ANSWER }, weights, table);
  await sampler.prepare(executor);
  const { tokens_NT, lengths_N, finished_N } = await sampler.sample(executor, prompts.map((prompt) => [...prompt].map((one) => characters.indexOf(one) + FIRST_CHARACTER_TOKEN)), 1, {
    temperature: 1, topK: 0, topP: 1, minP: 0, isGreedy: true, stopToken: STOP_TOKEN, key: streamKey(1, 'sampling', 0), rowOffset: 0,
  });
  executor.destroy();
  const texts = prompts.map((_, n) => [...tokens_NT.subarray(n * ANSWER, n * ANSWER + lengths_N[n]!)].filter((id) => id !== STOP_TOKEN).map((id) => characters[id - FIRST_CHARACTER_TOKEN]!).join(''));
  return { texts, ended: finished_N.reduce((sum, one) => sum + one, 0) };
}

describe('the exported folder of chain', () => {
  test('in transformers.js writes greedily what our sampler writes, alone and in a padded batch', async () => {
    const { texts, ended } = await sampledGreedily(PROMPTS);
    expect(ended).toBeGreaterThan(0);
    expect(new Set(texts).size).toBeGreaterThan(3);
    const { AutoTokenizer, AutoModelForCausalLM, load, request } = await openTransformers();
    const tokenizer = await AutoTokenizer.from_pretrained('chain');
    const model = await AutoModelForCausalLM.from_pretrained('chain', load);
    const generate = async (prompts: string[]): Promise<string[]> => {
      const inputs = tokenizer(prompts, { padding: true });
      const output = await model.generate({ ...inputs, max_new_tokens: ANSWER, do_sample: false }) as Tensor;
      const [B, P] = inputs.input_ids.dims as [number, number];
      // in a batch transformers.js goes on writing after a sequence's end, until all have ended
      return tokenizer.batch_decode(output.slice([0, B], [P, output.dims[1]!]), { skip_special_tokens: false }).map((text) => text.split(STOP_NAME)[0]!);
    };
    expect(await generate(PROMPTS)).toEqual(texts);
    for (const [i, prompt] of PROMPTS.entries()) expect(await generate([prompt])).toEqual([texts[i]]);
    expect(request).not.toHaveBeenCalled();
    await model.dispose();
  });

  test('opens as a text-generation pipeline', async () => {
    const { pipeline, load, request } = await openTransformers();
    const write = await pipeline('text-generation', 'chain', load);
    const [answer] = await write('7+5-3+8:', { max_new_tokens: ANSWER, do_sample: false, return_full_text: false });
    expect(answer).toEqual({ generated_text: (await sampledGreedily(['7+5-3+8:'])).texts[0] });
    expect(request).not.toHaveBeenCalled();
    await write.dispose();
  });

  test('keeps the configuration and the tokenizer, and names the tokens that end an answer', async () => {
    const { config } = await loadPolicy(shipped);
    const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(exported.get(name)));
    expect([...exported.keys()].toSorted()).toEqual(['config.json', 'generation_config.json', MODEL_FILE, 'tokenizer.json', 'tokenizer_config.json']);
    expect(readHuggingFaceConfig(json('config.json'))).toEqual(config);
    expect(json('config.json')).toMatchObject({ 'transformers.js_config': { dtype: 'fp32' } });
    expect(json('generation_config.json')).toEqual({ _from_model_config: true, eos_token_id: 1, pad_token_id: 0 });
    expect(exported.get('tokenizer.json')).toEqual(await shipped('tokenizer.json'));
  });

  test('a folder without a tokenizer, or with token ids that are none, is refused', async () => {
    const without = async (name: string): Promise<Uint8Array> => { if (name === 'tokenizer.json') throw new Error('no such file'); return shipped(name); };
    await expect(transformersFolder(without)).rejects.toThrow(/tokenizer.json: cannot be read \(no such file\)/);
    const changed = (change: object) => async (name: string): Promise<Uint8Array> => {
      const bytes = await shipped(name);
      return name === 'config.json' ? new TextEncoder().encode(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(bytes)) as object, ...change })) : bytes;
    };
    await expect(transformersFolder(changed({ eos_token_id: '1' }))).rejects.toThrow(/config.json: eos_token_id: "1" is no token id/);
    const several = await transformersFolder(changed({ eos_token_id: [1, 17] }));
    expect(JSON.parse(new TextDecoder().decode(several.get('generation_config.json')))).toMatchObject({ eos_token_id: [1, 17] });
  });
});
