import { expect, test } from 'vitest';
import { byKernel } from './profile';
import { linearShapes, modelOf, parameterCount, stepOperations, trainingData, type TrainingShape } from './trainingShape';

const SHAPE: TrainingShape = { layers: 1, width: 12, heads: 2, length: 4, batch: 2, vocabulary: 5 };

test('operations of a step counted by hand', () => {
  // q, k, v, o: 4 of 12 x 12; gate, up, down: 3 of 12 x 32; head: 5 x 12
  const weights = 4 * 144 + 3 * 384 + 60;
  // of each query over 1, 2, 3, 4 keys: q.k and weight * v, 12 numbers each
  const attention = 2 * 2 * 12 * (1 + 2 + 3 + 4);
  expect(stepOperations(SHAPE)).toBe(6 * (8 * weights + attention));
  // the embedding and three norms besides
  expect(parameterCount(SHAPE)).toBe(weights + 60 + 3 * 12);
  expect(modelOf(SHAPE).intermediateSize).toBe(32);
  expect(linearShapes(SHAPE)).toEqual([[8, 12, 12], [8, 12, 32], [8, 32, 12], [8, 12, 5]]);
});

test('targets are the tokens one place on, inside the vocabulary', () => {
  const { tokens, targets } = trainingData(SHAPE);
  expect([...targets.slice(0, 3)]).toEqual([...tokens.slice(1, 4)]);
  expect(Math.max(...tokens, ...targets)).toBeLessThan(5);
});

test('times are added up by kernel, dearest first', () => {
  const kernels = byKernel([{ label: 'a', ms: 1 }, { label: 'b', ms: 5 }, { label: 'a', ms: 2 }]);
  expect(kernels).toEqual([{ kernel: 'b', calls: 1, ms: 5, share: 0.625 }, { kernel: 'a', calls: 2, ms: 3, share: 0.375 }]);
  expect(byKernel([])).toEqual([]);
});
