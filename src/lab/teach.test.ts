import { expect, test } from 'vitest';
import type { ModelConfig } from '../model/config';
import { chain } from '../tasks/chain';
import { FakePolicy } from './fakePolicyTesting';
import { initialWeights } from './initialWeights';
import { teachStep } from './teach';

const task = chain.create();
const settings = { seed: 1, steps: 40, batch: 8, stepErrorProbability: 0.25, learningRate: 2, warmupSteps: 2, leastRatio: 0.1 };

test('the first loss is that of guessing; teaching lowers it to what one softmax can know', async () => {
  const model = new FakePolicy({ vocabularySize: task.alphabet.length } as ModelConfig, task.maximumPromptLength, task.maximumAnswerLength);
  const losses: number[] = [];
  for (let step = 0; step < settings.steps; step++) losses.push(await teachStep(task, model, settings, step));
  expect(losses[0]).toBeCloseTo(Math.log(18), 5);
  // of 21 tokens '=' is 4, the delimiter 3, and 14 others about one each: 4/21 ln 21/4 + 3/21 ln 7 + 14/21 ln 21 = 2.624
  expect(Math.abs(losses.at(-1)! - 2.624)).toBeLessThan(0.03);
  const [equals, colon] = ['=', ':'].map((one) => model.theta[task.alphabet.indexOf(one)]!);
  expect(Math.exp(equals! - colon!)).toBeGreaterThan(5);
  expect(model.rates[0]).toBeCloseTo(1, 12);
  expect(model.rates[1]).toBeCloseTo(2, 12);
  expect(model.rates.at(-1)).toBeCloseTo(0.2, 12);
});

test('initial weights: norms 1, matrices normal with deviation 0.02 and less into the residual stream', () => {
  const config: ModelConfig = {
    family: 'qwen2', hiddenSize: 64, layers: 2, heads: 4, kvHeads: 2, headDim: 16, intermediateSize: 96, vocabularySize: 18,
    ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: true, hasQkNorm: false, maximumPositions: 64,
  };
  const weights = initialWeights(config, 5);
  const deviation = (name: string) => Math.sqrt(weights.get(name)!.data.reduce((sum, one) => sum + one * one, 0) / weights.get(name)!.data.length);
  expect(new Set(weights.get('model.norm.weight')!.data)).toEqual(new Set([1]));
  expect(new Set(weights.get('model.layers.0.self_attn.q_proj.bias')!.data)).toEqual(new Set([0]));
  expect(deviation('model.layers.0.self_attn.q_proj.weight')).toBeCloseTo(0.02, 3);
  expect(deviation('model.layers.1.mlp.down_proj.weight')).toBeCloseTo(0.01, 3);
  expect(initialWeights(config, 5)).toEqual(weights);
  expect(initialWeights(config, 6).get('lm_head.weight')).not.toEqual(weights.get('lm_head.weight'));
});
