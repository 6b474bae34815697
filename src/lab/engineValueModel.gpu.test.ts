// The value model on both executors, with a tiny random trunk: gradients against finite differences in float64 of a
// transformer written out here in plain loops, values of a zero head, and regression onto constants.

import { expect, test } from 'vitest';
import type { Executor } from '../gpu/executor';
import { testExecutors } from '../gpu/testing';
import type { ModelConfig } from '../model/config';
import { parameterShapes } from '../model/parameterLayout';
import { EngineValueModel, valueConfig, type ValueTerms } from './engineValueModel';
import { initialWeights } from './initialWeights';
import type { AnswerBatch } from './policyModel';

const config: ModelConfig = {
  family: 'llama', hiddenSize: 8, layers: 2, heads: 2, kvHeads: 1, headDim: 4, intermediateSize: 12, vocabularySize: 11,
  ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 32,
};
const [P, A] = [3, 4];
const batch: AnswerBatch = {
  prompts_N: [[2, 3, 4], [5], [6, 7]],
  tokens_NT: Uint32Array.from([8, 9, 1, 0, 3, 4, 5, 6, 10, 1, 0, 0]),
  lengths_N: Uint32Array.of(3, 4, 2),
};
const isToken = Array.from({ length: 3 * A }, (_, i) => i % A < batch.lengths_N[Math.floor(i / A)]!);
const perToken = (value: (i: number) => number) => Float32Array.from(isToken, (is, i) => (is ? value(i) : 0));
const adam = { learningRate: 0.02, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, maximumGradientNorm: 1 };
const [HEAD, DOUBT] = ['value_head.weight', 'value_head.doubt'];
/** how unlikely the least likely token so far was: 0 before the first */
const doubts_NT = perToken((i) => (i % A === 0 ? 0 : -0.3 * (i % A) - 0.1 * Math.floor(i / A)));

/** Larger than a start's, so that attention and gates are far from linear; the head is not zero. */
function strongWeights(): Map<string, Float32Array<ArrayBuffer>> {
  const weights = new Map([...initialWeights(config, 3)].map(([name, { data }]) => [name, name.endsWith('norm.weight') ? data.map((_, i) => 1 + 0.1 * Math.sin(i)) : data.map((one) => 15 * one)]));
  weights.delete('lm_head.weight');
  return weights.set(HEAD, Float32Array.from({ length: 8 }, (_, i) => 0.5 * Math.cos(2 * i + 1))).set(DOUBT, Float32Array.of(0.2));
}

async function makeModel(executor: Executor, microbatchAnswers = 3): Promise<EngineValueModel> {
  const model = await EngineValueModel.create(executor, config, { promptLength: P, answerLength: A, microbatchAnswers });
  model.loadTrunk(initialWeights(config, 3));
  return model;
}

type Weights = ReadonlyMap<string, ArrayLike<number>>;

/** Values before each of an answer's tokens, in float64, from the prompt and the tokens before them, without padding. */
function valuesOf(weights: Weights, prompt: readonly number[], answer: readonly number[]): number[] {
  const tokens = [...prompt, ...answer.slice(0, -1)];
  const apply = (name: string, x: readonly number[]) => {
    const w = weights.get(name)!;
    return Array.from({ length: w.length / x.length }, (_, o) => x.reduce((sum, one, i) => sum + one * w[o * x.length + i]!, 0));
  };
  const norm = (name: string, x: readonly number[]) => {
    const scale = 1 / Math.sqrt(x.reduce((sum, one) => sum + one * one, 0) / x.length + config.rmsNormEpsilon);
    return x.map((one, i) => one * scale * weights.get(name)![i]!);
  };
  const rotate = (x: readonly number[], position: number) => x.map((one, i) => {
    const [head, d] = [Math.floor(i / 4) * 4, i % 4];
    const angle = position / 10_000 ** ((d % 2) / 2);
    return one * Math.cos(angle) + (d < 2 ? -x[head + d + 2]! : x[head + d - 2]!) * Math.sin(angle);
  });
  let stream = tokens.map((token) => Array.from({ length: 8 }, (_, i) => weights.get('model.embed_tokens.weight')![token * 8 + i]!));
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `model.layers.${layer}`;
    const normed = stream.map((x) => norm(`${at}.input_layernorm.weight`, x));
    const [q, k, v] = ['q_proj', 'k_proj', 'v_proj'].map((name) => normed.map((x, t) => (name === 'v_proj' ? (one: number[]) => one : (one: number[]) => rotate(one, t))(apply(`${at}.self_attn.${name}.weight`, x))));
    stream = stream.map((x, t) => {
      const attended = [0, 1].flatMap((head) => {
        const scores = k!.slice(0, t + 1).map((key) => Math.exp(key.reduce((sum, one, d) => sum + one * q![t]![head * 4 + d]!, 0) / 2));
        const total = scores.reduce((a, b) => a + b);
        return [0, 1, 2, 3].map((d) => scores.reduce((sum, one, s) => sum + (one / total) * v![s]![d]!, 0));
      });
      const middle = apply(`${at}.self_attn.o_proj.weight`, attended).map((one, i) => one + x[i]!);
      const n = norm(`${at}.post_attention_layernorm.weight`, middle);
      const up = apply(`${at}.mlp.up_proj.weight`, n);
      const hidden = apply(`${at}.mlp.gate_proj.weight`, n).map((gate, i) => (gate / (1 + Math.exp(-gate))) * up[i]!);
      return apply(`${at}.mlp.down_proj.weight`, hidden).map((one, i) => one + middle[i]!);
    });
  }
  return stream.slice(prompt.length - 1).map((x) => apply(HEAD, norm('model.norm.weight', x))[0]!);
}

const answers = batch.prompts_N.map((prompt, n) => ({ prompt, answer: [...batch.tokens_NT.subarray(n * A, n * A + batch.lengths_N[n]!)] }));

function valuesOfBatch(weights: Weights): number[] {
  const values = Array<number>(3 * A).fill(0);
  answers.forEach(({ prompt, answer }, n) => valuesOf(weights, prompt, answer).forEach((one, t) => { values[n * A + t] = one + weights.get(DOUBT)![0]! * Math.sqrt(8) * doubts_NT[n * A + t]!; }));
  return values;
}

function lossOf(weights: Weights, { oldValues_NT, targets_NT, weights_NT }: ValueTerms, clip: number): number {
  return valuesOfBatch(weights).reduce((sum, v, i) => {
    const held = clip === 0 ? v : Math.min(Math.max(v, oldValues_NT[i]! - clip), oldValues_NT[i]! + clip);
    return sum + (weights_NT[i]! * Math.max((v - targets_NT[i]!) ** 2, (held - targets_NT[i]!) ** 2)) / 2;
  }, 0);
}

test.each([0, 0.2])('clip %s: values and the gradient of every weight, in micro-batches too, equal a transformer in float64', async (clip) => {
  const weights = strongWeights();
  const wantedValues = valuesOfBatch(weights);
  const terms: ValueTerms = {
    oldValues_NT: perToken((i) => wantedValues[i]! + 0.4 * Math.sin(3 * i)), targets_NT: perToken((i) => Math.cos(i)), doubts_NT, weights_NT: perToken(() => 1 / 9),
  };
  const wanted = new Map([...weights].map(([name, data]) => {
    const exact = Float64Array.from(data);
    const shifted = new Map<string, ArrayLike<number>>(weights).set(name, exact);
    return [name, Float64Array.from(data, (value, i) => {
      const [above, below] = [1e-5, -1e-5].map((step) => { exact[i] = value + step; return lossOf(shifted, terms, clip); });
      exact[i] = value;
      return (above! - below!) / 2e-5;
    })];
  }));
  for (const executor of await testExecutors()) {
    for (const microbatchAnswers of [3, 2]) {
      const model = await makeModel(executor, microbatchAnswers);
      for (const [name, data] of weights) executor.write(model.tensor('weights', name), data);
      const values = await model.score(batch, doubts_NT);
      wantedValues.forEach((one, i) => expect(Math.abs(values[i]! - one), `${executor.kind} value ${i}`).toBeLessThan(1e-5));
      const { loss_NT, isClipped_NT } = await model.computeGradients(batch, terms, clip);
      expect(loss_NT.reduce((sum, one, i) => sum + one * terms.weights_NT[i]!, 0)).toBeCloseTo(lossOf(weights, terms, clip), 5);
      expect(isClipped_NT.includes(1)).toBe(clip !== 0);
      for (const [name, want] of wanted) {
        const got = await executor.read(model.tensor('gradients', name));
        const largest = want.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
        expect(largest, name).toBeGreaterThan(0);
        want.forEach((one, i) => expect(Math.abs(got[i]! - one), `${executor.kind} ${name} ${i}`).toBeLessThan(1e-6 + 1e-3 * largest));
      }
    }
  }
});

test('a zero head says 0 everywhere, and its first gradient reaches the head alone', async () => {
  for (const executor of await testExecutors()) {
    const model = await makeModel(executor);
    expect([...await model.score(batch, doubts_NT)].every((one) => one === 0)).toBe(true);
    await model.computeGradients(batch, { oldValues_NT: perToken(() => 0), targets_NT: perToken(() => 1), doubts_NT, weights_NT: perToken(() => 1 / 9) }, 0);
    for (const name of parameterShapes(valueConfig(config)).keys()) {
      expect([...await executor.read(model.tensor('gradients', name))].some((one) => one !== 0), name).toBe(name === HEAD || name === DOUBT);
    }
  }
});

test('learning regresses onto constant targets', async () => {
  for (const executor of await testExecutors()) {
    const model = await makeModel(executor, 2);
    const targets_NT = perToken(() => 0.7);
    for (let step = 0; step < 60; step++) {
      const oldValues_NT = await model.score(batch, doubts_NT);
      await model.computeGradients(batch, { oldValues_NT, targets_NT, doubts_NT, weights_NT: perToken(() => 1 / 9) }, 0.2);
      expect((await model.step(adam)).nonFinite).toBeUndefined();
    }
    const values = await model.score(batch, doubts_NT);
    isToken.forEach((is, i) => (is ? expect(Math.abs(values[i]! - 0.7), `${executor.kind} ${i}`).toBeLessThan(0.05) : expect(values[i]).toBe(0)));
  }
});

test('a number that is not finite is found and named; a trunk of another shape is refused', async () => {
  for (const executor of await testExecutors()) {
    const model = await makeModel(executor);
    executor.write(model.tensor('weights', HEAD), Float32Array.of(1, NaN));
    const terms = { oldValues_NT: perToken(() => 0), targets_NT: perToken(() => 1), doubts_NT, weights_NT: perToken(() => 1 / 9) };
    expect((await model.computeGradients(batch, terms, 0)).nonFinite).toEqual({ tensor: `value model: ${HEAD}`, index: 1 });
    expect(() => model.loadTrunk(new Map([...initialWeights(config, 3)].filter(([name]) => name !== 'model.norm.weight')))).toThrow('no tensor named model.norm.weight');
  }
});
