import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from './formatError';
import { readHuggingFaceConfig, writeHuggingFaceConfig } from './huggingFaceConfig';
import { loadPolicy } from './policyFiles';
import { SafetensorsFile, writeSafetensors, type Tensor } from './safetensors';

const FOLDER = 'e2e/fixtures/hf_llama_untied_f32';
const text = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const configOf = (folder: string): Record<string, unknown> => JSON.parse(readFileSync(`${folder}/config.json`, 'utf8')) as Record<string, unknown>;
const weightsOf = (folder: string): Map<string, Tensor> => {
  const opened = new SafetensorsFile(readFileSync(`${folder}/model.safetensors`));
  return new Map([...opened.entries.keys()].map((name) => [name, opened.tensor(name)]));
};
const filesFrom = (files: Record<string, Uint8Array>) => async (name: string): Promise<Uint8Array> => {
  if (!Object.hasOwn(files, name)) throw new Error('no such file');
  return files[name]!;
};

describe('config.json', () => {
  const llama = configOf(FOLDER);
  test('is read with its defaults', () => {
    expect(readHuggingFaceConfig(llama)).toEqual({
      family: 'llama', hiddenSize: 16, layers: 2, heads: 4, kvHeads: 2, headDim: 4, intermediateSize: 24, vocabularySize: 13,
      ropeTheta: 10000, rmsNormEpsilon: 1e-5, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 64,
    });
    expect(readHuggingFaceConfig(configOf('e2e/fixtures/hf_qwen3_tied_bf16'))).toMatchObject({ headDim: 8, hasQkNorm: true, isTied: true, ropeTheta: 1e6 });
    expect(readHuggingFaceConfig(configOf('e2e/fixtures/hf_qwen2_tied_f32'))).toMatchObject({ headDim: 4, hasAttentionBias: true, hasQkNorm: false });
    const { num_key_value_heads: _, head_dim: __, rope_theta: ___, rms_norm_eps: ____, ...bare } = llama;
    expect(readHuggingFaceConfig({ ...bare, rope_parameters: { rope_theta: 500, rope_type: 'default' } })).toMatchObject({ kvHeads: 4, headDim: 4, ropeTheta: 500, rmsNormEpsilon: 1e-6 });
  });

  test.each([
    [{ model_type: 'gpt2' }, /model_type: "gpt2"/], [{ model_type: 'toString' }, /model_type/], [{ hidden_act: 'gelu' }, /hidden_act: "gelu"/],
    [{ rope_scaling: { rope_type: 'llama3', factor: 8 } }, /rope_scaling: .*"llama3"/], [{ rope_scaling: { type: 'linear', factor: 2 } }, /rope_scaling: .*"linear"/],
    [{ rope_parameters: { rope_theta: 5, rope_type: 'yarn' } }, /rope_parameters: .*"yarn"/], [{ rope_parameters: { rope_theta: 5 } }, /rope_theta: 10000 disagrees/],
    [{ rope_parameters: { full_attention: { rope_type: 'default' } } }, /"full_attention" is not supported/],
    [{ use_sliding_window: true }, /use_sliding_window/], [{ sliding_window: 128 }, /sliding_window: 128/], [{ layer_types: ['sliding_attention'] }, /layer_types/],
    [{ mlp_bias: true }, /mlp_bias/], [{ attention_bias: true }, /attention_bias.*output projection/], [{ quantization_config: { bits: 4 } }, /quantization_config/],
    [{ partial_rotary_factor: 0.5 }, /partial_rotary_factor/], [{ architectures: ['LlamaForSequenceClassification'] }, /architectures/],
    [{ hidden_size: undefined }, /hidden_size: is missing/], [{ vocab_size: -3 }, /vocab_size: .* is -3/], [{ num_hidden_layers: 1e9 }, /num_hidden_layers/],
    [{ head_dim: 5 }, /headDim = 5 is odd/], [{ num_key_value_heads: 3 }, /not a multiple/], [{ head_dim: null, num_attention_heads: 3 }, /head_dim/],
    [{ rms_norm_eps: 0 }, /rms_norm_eps/], [{ tie_word_embeddings: 'no' }, /tie_word_embeddings/],
  ])('refuses %j', (change, message) => {
    const changed = JSON.parse(JSON.stringify({ ...llama, ...change })) as unknown;
    expect(() => readHuggingFaceConfig(changed)).toThrow(FormatError);
    expect(() => readHuggingFaceConfig(changed)).toThrow(message);
  });

  test('survives writing, for each family', () => {
    for (const folder of ['hf_llama_untied_f32', 'hf_qwen2_tied_f32', 'hf_qwen3_tied_bf16']) {
      const config = readHuggingFaceConfig(configOf(`e2e/fixtures/${folder}`));
      expect(readHuggingFaceConfig(JSON.parse(writeHuggingFaceConfig(config, { padding: 0, stop: 1 })))).toEqual(config);
    }
    expect(() => writeHuggingFaceConfig({ ...readHuggingFaceConfig(llama), hasAttentionBias: true }, { padding: 0, stop: 1 })).toThrow(/no q\/k\/v bias/);
  });

  test('anything else than a configuration gives FormatError', () => {
    const field = fc.constantFrom(...Object.keys(llama), 'rope_parameters', 'layer_types', 'quantization_config');
    fc.assert(fc.property(fc.dictionary(field, fc.jsonValue()), (change) => {
      try {
        readHuggingFaceConfig({ ...llama, ...change });
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }), { numRuns: 1000 });
  });
});

describe('a policy folder', () => {
  const weights = weightsOf(FOLDER);
  const config = text(configOf(FOLDER));
  const withWeights = (tensors: Map<string, Tensor>, more: Record<string, Uint8Array> = {}) => loadPolicy(filesFrom({ 'config.json': config, 'model.safetensors': writeSafetensors(tensors), ...more }));

  test('loads with exactly its tensors', async () => {
    const policy = await withWeights(weights);
    expect([...policy.tensors.keys()].sort()).toEqual([...weights.keys()].sort());
    expect(policy.tensors.get('model.norm.weight')).toEqual(weights.get('model.norm.weight'));
  });

  test('names what is missing, surplus or misshapen', async () => {
    const less = new Map(weights);
    less.delete('model.norm.weight');
    await expect(withWeights(less)).rejects.toThrow(/lack tensor model.norm.weight/);
    await expect(withWeights(new Map([...weights, ['extra', { shape: [1], data: new Float32Array(1) }]]))).rejects.toThrow(/hold tensor extra/);
    await expect(withWeights(new Map([...weights, ['model.norm.weight', { shape: [4, 4], data: new Float32Array(16) }]]))).rejects.toThrow(/shape \[4, 4\]; the configuration needs \[16\]/);
    await expect(loadPolicy(filesFrom({ 'config.json': config }))).rejects.toThrow(/neither model.safetensors nor/);
    await expect(loadPolicy(filesFrom({}))).rejects.toThrow(/config.json: cannot be read \(no such file\)/);
  });

  test('a tied policy may store its head only as a copy of the embedding', async () => {
    const folder = 'e2e/fixtures/hf_qwen2_tied_f32';
    const tied = weightsOf(folder);
    const embedding = tied.get('model.embed_tokens.weight')!;
    const load = (head: Tensor) => loadPolicy(filesFrom({ 'config.json': text(configOf(folder)), 'model.safetensors': writeSafetensors(new Map([...tied, ['lm_head.weight', head]])) }));
    expect((await load(embedding)).tensors.has('lm_head.weight')).toBe(false);
    await expect(load({ ...embedding, data: embedding.data.map((value) => value + 1) })).rejects.toThrow(/differs from model.embed_tokens.weight/);
  });

  const shardNames = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const;
  const shards = (): { map: Record<string, string>; parts: [Map<string, Tensor>, Map<string, Tensor>] } => {
    const parts: [Map<string, Tensor>, Map<string, Tensor>] = [new Map(), new Map()];
    const map: Record<string, string> = {};
    [...weights].forEach(([name, tensor], i) => {
      parts[i % 2]!.set(name, tensor);
      map[name] = shardNames[i % 2]!;
    });
    return { map, parts };
  };
  const loadShards = (map: unknown, parts: readonly Map<string, Tensor>[]) => loadPolicy(filesFrom({
    'config.json': config,
    'model.safetensors.index.json': text({ metadata: {}, weight_map: map }),
    ...Object.fromEntries(parts.map((part, i) => [shardNames[i]!, writeSafetensors(part)])),
  }));

  test('loads from shards', async () => {
    const { map, parts } = shards();
    const { tensors } = await loadShards(map, parts);
    for (const [name, tensor] of weights) expect(tensors.get(name)).toEqual(tensor);
  });

  test('shards and index must agree', async () => {
    const { map, parts } = shards();
    const [name] = Object.keys(map) as [string];
    await expect(loadShards({ ...map, [name]: shardNames[1] }, parts)).rejects.toThrow(/model-00001.*: holds tensor .* places in model-00002/);
    await expect(loadShards({ ...map, [name]: '../../etc/passwd' }, parts)).rejects.toThrow(/plain name ending in .safetensors/);
    await expect(loadShards({ ...map, [name]: 'other.safetensors' }, parts)).rejects.toThrow(/other.safetensors, which cannot be read/);
    await expect(loadShards({ ...map, more: shardNames[0] }, parts)).rejects.toThrow(/lacks tensor "more"/);
    await expect(loadShards({}, parts)).rejects.toThrow(/is empty/);
    await expect(loadShards([], parts)).rejects.toThrow(/must be an object/);
  });
});
