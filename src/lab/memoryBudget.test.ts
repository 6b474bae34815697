import { expect, test } from 'vitest';
import type { ModelConfig } from '../model/config';
import { memoryOfAnswer, microbatchSize } from './memoryBudget';

const CONFIG: ModelConfig = {
  family: 'llama', hiddenSize: 64, layers: 2, heads: 4, kvHeads: 4, headDim: 16, intermediateSize: 192, vocabularySize: 1000,
  ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: 64,
};

test('the largest buffer is the logits where the vocabulary is large, else the feed-forward of a layer', () => {
  expect(memoryOfAnswer(CONFIG, 8, 24).largestBytes).toBe(4 * 24 * 1000);
  expect(memoryOfAnswer({ ...CONFIG, vocabularySize: 18 }, 8, 24).largestBytes).toBe(4 * 31 * 192);
});

test('each layer adds the same, weights add nothing', () => {
  const bytes = [1, 2, 3].map((layers) => memoryOfAnswer({ ...CONFIG, layers }, 8, 24).bytes);
  expect(bytes[2]! - bytes[1]!).toBe(bytes[1]! - bytes[0]!);
  // at least stream, two norms, q, k, v, attention, gate, up and their product, a row of 64 or 192 each
  expect(bytes[1]! - bytes[0]!).toBeGreaterThan(4 * 31 * (7 * 64 + 3 * 192));
  expect(bytes[0]!).toBeLessThan(4 * 64 * 1000 * 64);
});

const need = { bytes: 1000, largestBytes: 100 };
test.each([
  ['the whole batch where it fits', 64, 0, 1e6, 1e6, 64],
  ['what the budget holds', 64, 0, 1e6, 10_500, 10],
  ['what the device binds', 64, 0, 700, 1e6, 7],
  ['what is wanted', 64, 5, 1e6, 1000, 5],
  ['never more than there are answers', 4, 5, 1e6, 1e6, 4],
  ['at least one, whatever the budget', 64, 0, 1e6, 10, 1],
])('%s', (_, answers, wanted, binding, budget, expected) => {
  expect(microbatchSize(need, answers, wanted, binding, budget)).toBe(expected);
});

test('a device that cannot bind it is told', () => {
  expect(() => microbatchSize(need, 64, 8, 700)).toThrow(/microbatchAnswers = 8 is above the 7/);
  expect(() => microbatchSize(need, 64, 0, 99)).toThrow(/needs a buffer of 100 bytes; the device binds at most 99/);
});
