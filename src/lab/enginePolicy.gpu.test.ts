// The policy on both executors: what it promises to the phases, with a tiny random model.

import { expect, test } from 'vitest';
import type { Executor } from '../gpu/executor';
import { testExecutors } from '../gpu/testing';
import type { ModelConfig } from '../model/config';
import { streamKey } from '../random/threefry';
import { EnginePolicy } from './enginePolicy';
import { initialWeights } from './initialWeights';
import type { AnswerBatch, LossSettings, LossTerms } from './policyModel';

const config: ModelConfig = {
  family: 'qwen3', hiddenSize: 12, layers: 2, heads: 3, kvHeads: 1, headDim: 4, intermediateSize: 20, vocabularySize: 11,
  ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: true, hasAttentionBias: false, hasQkNorm: true, maximumPositions: 32,
};
const A = 5;
const prompts = [[2, 3, 4], [5], [6, 7]];
const settings: LossSettings = { kind: 'ppo', temperature: 0.8, clipLow: 0.2, clipHigh: 0.2, dualClip: 0, klKind: 'k3', klWeight: 0.1, entropyBonus: 0.01 };
const adam = { learningRate: 0.01, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, maximumGradientNorm: 1 };

async function makePolicy(executor: Executor, microbatchAnswers: number) {
  const policy = await EnginePolicy.create(executor, config, { promptLength: 3, answerLength: A, microbatchAnswers, promptsPerSample: 2, answersPerPrompt: 2 });
  policy.loadWeights(initialWeights(config, 7));
  await policy.keepReference();
  return policy;
}

async function sampled(policy: EnginePolicy): Promise<AnswerBatch> {
  const drawn = await policy.sample(prompts, 2, { temperature: 0.8, topK: 0, topP: 1, minP: 0, isGreedy: false, stopToken: 1, key: streamKey(1, 'sampling', 1), rowOffset: 0 });
  return { prompts_N: prompts.flatMap((prompt) => [prompt, prompt]), tokens_NT: drawn.tokens_NT, lengths_N: drawn.lengths_N };
}

async function termsOf(policy: EnginePolicy, batch: AnswerBatch): Promise<LossTerms> {
  const { logprobs_NT } = await policy.score(batch, settings.temperature, 'policy');
  const exists = Float32Array.from(logprobs_NT, (_, i) => Number(i % A < batch.lengths_N[Math.floor(i / A)]!));
  return {
    oldLogprobs_NT: logprobs_NT, referenceLogprobs_NT: logprobs_NT.map((value, i) => value + 0.1 * Math.sin(i) * exists[i]!),
    advantages_NT: exists.map((one, i) => one * Math.cos(i)), weights_NT: exists.map((one) => one / 30),
  };
}

test('one step of learning: the ratio starts at 1, micro-batches add up to the whole batch, both executors agree', async () => {
  const results: { weights: number[]; norm: number }[] = [];
  for (const executor of await testExecutors()) {
    for (const microbatchAnswers of [6, 4]) {
      const policy = await makePolicy(executor, microbatchAnswers);
      const batch = await sampled(policy);
      const terms = await termsOf(policy, batch);
      const losses = await policy.computeGradients(batch, terms, settings);
      const real = [...losses.ratio_NT].filter((_, i) => terms.weights_NT[i] !== 0);
      expect(real.length).toBeGreaterThan(6);
      for (const ratio of real) expect(Math.abs(ratio - 1)).toBeLessThan(1e-5);
      const { gradientNorm: norm } = await policy.step(adam);
      const weights = [...(await policy.readWeights()).get('model.layers.0.mlp.up_proj.weight')!.data];
      results.push({ weights, norm });
    }
  }
  expect(results[0]!.norm).toBeGreaterThan(1e-3);
  for (const { weights, norm } of results.slice(1)) {
    expect(norm / results[0]!.norm).toBeCloseTo(1, 4);
    weights.forEach((value, i) => expect(Math.abs(value - results[0]!.weights[i]!)).toBeLessThan(1e-4));
  }
});

test('a factor on the clip range reaches its own token, across micro-batches', async () => {
  for (const executor of await testExecutors()) {
    const policy = await makePolicy(executor, 4);
    const batch = await sampled(policy);
    const terms = await termsOf(policy, batch);
    const isReal = (i: number): boolean => terms.weights_NT[i] !== 0;
    const moved = { ...terms, oldLogprobs_NT: terms.oldLogprobs_NT.map((one) => one - 0.25), advantages_NT: terms.advantages_NT.map(() => 1) };
    const clipRange_NT = terms.weights_NT.map((_, i) => (i % 3 === 0 ? 2 : 1)); // 1.284 is above 1.2 and below 1.4
    const plain = await policy.computeGradients(batch, moved, settings);
    const wide = await policy.computeGradients(batch, { ...moved, clipRange_NT }, settings);
    expect([...plain.isClipped_NT].filter((_, i) => isReal(i))).toEqual([...terms.weights_NT].filter((_, i) => isReal(i)).map(() => 1));
    wide.isClipped_NT.forEach((clipped, i) => { if (isReal(i)) expect(clipped).toBe(Number(i % 3 !== 0)); });
    wide.ratio_NT.forEach((ratio, i) => { if (isReal(i)) expect(ratio).toBeCloseTo(Math.exp(0.25), 4); });
  }
});

test('answers do not depend on how prompts are cut into shards, nor on the executor', async () => {
  const answers: string[] = [];
  for (const executor of await testExecutors()) {
    const policy = await makePolicy(executor, 6);
    const whole = await sampled(policy);
    answers.push([...whole.tokens_NT].join());
  }
  expect(answers[1]).toBe(answers[0]);
});

test('the most likely tokens come first and hold the drawn token\'s probability', async () => {
  for (const executor of await testExecutors()) {
    const policy = await makePolicy(executor, 4);
    const batch = await sampled(policy);
    const top = await policy.topTokens(batch, 0.8, 11);
    for (let i = 0; i < 2; i++) {
      const ids = [...top.ids.slice(i * 11, i * 11 + 11)];
      const probabilities = [...top.probabilities.slice(i * 11, i * 11 + 11)];
      expect([...ids].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
      expect(Math.log(probabilities[ids.indexOf(batch.tokens_NT[i]!)]!)).toBeCloseTo(top.logprobs_NT[i]!, 4);
    }
  }
});

test('a NaN or an infinity in any flat buffer or in the logits is found and named', async () => {
  for (const executor of await testExecutors()) {
    const policy = await makePolicy(executor, 6);
    const batch: AnswerBatch = { prompts_N: [[2, 3, 4]], tokens_NT: Uint32Array.of(5, 6, 1, 0, 0), lengths_N: Uint32Array.of(3) };
    const found = async () => (await policy.score(batch, 1, 'policy')).nonFinite;
    expect(await found()).toBeUndefined();
    for (const [kind, suffix] of [['weights', ''], ['gradients', '.gradient'], ['firstMoment', '.first_moment'], ['secondMoment', '.second_moment']] as const) {
      for (const bad of [Number.NaN, Infinity, -Infinity]) {
        const values = new Float32Array(12);
        values[5] = bad;
        executor.write(policy.tensor(kind, 'model.norm.weight'), values);
        expect(await found(), `${executor.kind} ${kind} ${bad}`).toEqual({ tensor: `model.norm.weight${suffix}`, index: 5 });
        executor.write(policy.tensor(kind, 'model.norm.weight'), new Float32Array(12));
      }
    }
    // the head is the embedding: a row of finite numbers so large that token 8, which nobody wrote, gets an infinite logit
    const rows = initialWeights(config, 7).get('model.embed_tokens.weight')!.data;
    executor.write(policy.tensor('weights', 'model.embed_tokens.weight'), rows.map((value, i) => (Math.floor(i / 12) === 8 ? 3e38 * Math.sign(value) : value)));
    executor.write(policy.tensor('weights', 'model.norm.weight'), new Float32Array(12).fill(1000));
    expect(await found(), executor.kind).toEqual({ tensor: 'logits', index: 8 });
  }
});

test('a gradient that is not finite leaves the weights as they were', async () => {
  for (const executor of await testExecutors()) {
    const policy = await makePolicy(executor, 6);
    const before = [...(await policy.readWeights()).get('model.norm.weight')!.data];
    executor.write(policy.tensor('gradients', 'model.embed_tokens.weight'), Float32Array.of(Number.NaN));
    await policy.step(adam);
    expect([...(await policy.readWeights()).get('model.norm.weight')!.data]).toEqual(before);
  }
});

test('a step tells the norm of the gradient by layer', async () => {
  const prefixes = [/^model\.embed_tokens/, /^model\.layers\.0\./, /^model\.layers\.1\./, /^model\.norm/];
  for (const executor of await testExecutors()) {
    const policy = await makePolicy(executor, 4);
    const batch = await sampled(policy);
    await policy.computeGradients(batch, await termsOf(policy, batch), settings);
    const squares = prefixes.map(() => 0);
    for (const name of (await policy.readWeights()).keys()) {
      const gradient = (await executor.read(policy.tensor('gradients', name))) as Float32Array;
      squares[prefixes.findIndex((prefix) => prefix.test(name))]! += gradient.reduce((sum, one) => sum + one * one, 0);
    }
    const { gradientNorm, gradientNormByLayer } = await policy.step(adam);
    expect(gradientNormByLayer.length).toBe(prefixes.length);
    gradientNormByLayer.forEach((norm, layer) => expect(norm / Math.sqrt(squares[layer]!), `${executor.kind} ${layer}`).toBeCloseTo(1, 5));
    expect(Math.hypot(...gradientNormByLayer) / gradientNorm).toBeCloseTo(1, 5);
  }
});

test('a missing or misshapen tensor is refused by name', async () => {
  const [cpu] = await testExecutors();
  const policy = await makePolicy(cpu, 2);
  const tensors = new Map(initialWeights(config, 1));
  tensors.set('model.norm.weight', { shape: [3], data: new Float32Array(3) });
  expect(() => policy.loadWeights(tensors)).toThrow('model.norm.weight has 3 numbers');
  tensors.delete('model.norm.weight');
  expect(() => policy.loadWeights(tensors)).toThrow('no tensor named model.norm.weight');
});
