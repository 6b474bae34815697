import { expect, test } from 'vitest';
import { minibatchOrder } from './minibatches';
import { tokenWeights } from './tokenWeights';

test('every epoch holds every answer once, in nearly equal parts, shuffled anew', () => {
  const epochs = minibatchOrder(10, 3, 4, 5, 6);
  for (const epoch of epochs) {
    expect(epoch.map((part) => part.length).sort()).toEqual([2, 2, 3, 3]);
    expect(epoch.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  expect(epochs[0]).not.toEqual(epochs[1]);
  expect(minibatchOrder(10, 3, 4, 5, 6)).toEqual(epochs);
  expect(minibatchOrder(10, 3, 4, 5, 7)).not.toEqual(epochs);
});

test('one mini-batch keeps the order of the answers', () => {
  expect(minibatchOrder(3, 2, 1, 5, 6)).toEqual([[[0, 1, 2]], [[0, 1, 2]]]);
});

// rows of 2, 0 and 3 tokens in 4 columns
test.each([
  ['token-mean', [1 / 5, 1 / 5]], ['seq-mean-token-mean', [1 / 4, 1 / 6]], ['seq-mean-token-sum', [1 / 2, 1 / 2]],
  ['seq-mean-token-sum-norm', [1 / 4, 1 / 4]], ['dr_grpo', [1 / 12, 1 / 12]],
] as const)('%s', (aggregation, [short, long]) => {
  const expected = [short, short, 0, 0, 0, 0, 0, 0, long, long, long, 0];
  expect([...tokenWeights(aggregation, [2, 0, 3], 4)]).toEqual(expected.map(Math.fround));
});
