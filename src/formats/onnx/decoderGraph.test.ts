// Our engine against onnxruntime-web: the same logits on random left-padded batches, whole, token by token and in uneven parts;
// and the exported file against the float64 PyTorch numbers of e2e/fixtures/model_*.json.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModelConfig } from '../../model/config';
import { decodeTensor, FIXTURE_MODELS, fixtureConfig, type FixtureModel } from '../../model/fixtureModelTesting';
import { parameterShapes } from '../../model/parameterLayout';
import { RandomStream, streamKey } from '../../random/threefry';
import { loadPolicy, type Policy } from '../policyFiles';
import { decoderOnnx } from './decoderGraph';
import { engineLogits, onnxLogits, type Batch } from './onnxTesting';

const T = 9;
const TOLERANCE = 1e-4;

const TINY: ModelConfig = {
  family: 'llama', hiddenSize: 20, layers: 2, heads: 6, kvHeads: 2, headDim: 6, intermediateSize: 28, vocabularySize: 11, ropeTheta: 300,
  rmsNormEpsilon: 1e-5, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 16,
};

/** Weights large enough that logits differ by several units. */
function randomPolicy(config: ModelConfig, seed: number): Policy {
  const random = new RandomStream(streamKey(seed, 'initialWeights', 0));
  const tensors = [...parameterShapes(config)].map(([name, shape]) => {
    const length = shape.reduce((a, b) => a * b, 1);
    return [name, { shape, data: Float32Array.from({ length }, () => (name.includes('norm') ? 1 : 0) + 0.8 * (2 * random.uniform() - 1)) }] as const;
  });
  return { config, tensors: new Map(tensors) };
}

const fixturePolicy = (fixture: FixtureModel): Policy => ({
  config: fixtureConfig(fixture),
  tensors: new Map([...parameterShapes(fixtureConfig(fixture))].map(([name, shape]) => [name, { shape, data: decodeTensor((fixture.inputs.weights as Record<string, { b64: string }>)[name]!) }])),
});

function randomBatch({ vocabularySize }: ModelConfig, seed: number): Batch {
  const random = new RandomStream(streamKey(seed, 'problems', 0));
  const paddings = [0, 1 + random.below(T - 2), T - 1, 2];
  return {
    mask_BT: paddings.map((padding) => Array.from({ length: T }, (_, t) => (t < padding ? 0 : 1))),
    tokens_BT: paddings.map((padding) => Array.from({ length: T }, (_, t) => (t < padding ? 0 : random.below(vocabularySize)))),
  };
}

/** The largest difference at tokens, padding left out. */
function largestGap(got: readonly (readonly number[][])[], want: readonly (readonly number[][])[], { mask_BT }: Batch): number {
  return Math.max(...mask_BT.flatMap((mask, b) => mask.flatMap((one, t) => (one === 0 ? [] : want[b]![t]!.map((value, v) => Math.abs(got[b]![t]![v]! - value))))));
}

const chain = await loadPolicy(async (name) => new Uint8Array(readFileSync(`public/models/chain/${name}`)));
const POLICIES: readonly (readonly [string, Policy])[] = [
  ['the shipped policy chain', chain],
  ['grouped queries, untied', randomPolicy(TINY, 1)],
  ['one key/value head, biases, untied', randomPolicy({ ...TINY, family: 'qwen2', hasAttentionBias: true, kvHeads: 1 }, 2)],
  ['biases, tied', randomPolicy({ ...TINY, family: 'qwen2', hasAttentionBias: true, isTied: true, kvHeads: 6 }, 3)],
  ['q/k norm, wide heads, tied', randomPolicy({ ...TINY, family: 'qwen3', hasQkNorm: true, isTied: true, headDim: 8, kvHeads: 3 }, 4)],
  ['q/k norm, untied', randomPolicy({ ...TINY, family: 'qwen3', hasQkNorm: true, heads: 2 }, 5)],
];

describe.each(POLICIES)('%s', (_, { config, tensors }) => {
  const file = decoderOnnx(config, tensors);

  test.each([
    ['at once', [T]], ['token by token', Array<number>(T).fill(1)], ['in uneven parts', [4, 1, 3, 1]],
  ])('onnxruntime-web gives the engine\'s logits, %s', async (__, parts) => {
    for (const seed of [1, 2]) {
      const batch = randomBatch(config, seed);
      const want = await engineLogits(config, tensors, batch);
      expect(Math.max(...want[0]!.flat()) - Math.min(...want[0]!.flat())).toBeGreaterThan(2);
      expect(largestGap(await onnxLogits(file, config, batch, parts), want, batch)).toBeLessThan(TOLERANCE);
    }
  });
});

test.each(FIXTURE_MODELS)('%s: the exported file gives PyTorch\'s logits', async (_, fixture) => {
  const { config, tensors } = fixturePolicy(fixture);
  const batch = { tokens_BT: fixture.inputs.input_ids, mask_BT: fixture.inputs.attention_mask };
  const got = await onnxLogits(decoderOnnx(config, tensors), config, batch, [batch.tokens_BT[0]!.length]);
  expect(largestGap(got, fixture.expected.logits, batch)).toBeLessThan(TOLERANCE);
});

test('what is at a padded place changes nothing', async () => {
  const { config, tensors } = POLICIES[1]![1];
  const file = decoderOnnx(config, tensors);
  const batch = randomBatch(config, 7);
  const other = { ...batch, tokens_BT: batch.tokens_BT.map((row, b) => row.map((token, t) => (batch.mask_BT[b]![t] === 0 ? 10 : token))) };
  for (const parts of [[T], Array<number>(T).fill(1)]) expect(largestGap(await onnxLogits(file, config, other, parts), await onnxLogits(file, config, batch, [T]), batch)).toBeLessThan(1e-5);
});

test('refuses a value model, and weights that lack a tensor', () => {
  const { config, tensors } = POLICIES[1]![1];
  expect(() => decoderOnnx({ ...config, hasValueHead: true }, tensors)).toThrow(/value model gives no logits/);
  expect(() => decoderOnnx(config, new Map([...tensors].slice(0, -1)))).toThrow(/lack tensor lm_head.weight/);
});
