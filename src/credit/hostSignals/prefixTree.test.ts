import { expect, test } from 'vitest';
import { PARTITIONS, type PartitionName, type PartitionSource } from './partitions';
import { prefixTree } from './prefixTree';

// Two problems. Answers 0, 1 and 3 belong to problem 0: "a b c", "a b", "a d c"; answer 2 ("a b c") to problem 1; answer 4 is empty.
const [a, b, c, d, pad] = [5, 6, 7, 8, 0];
const tokens = [a, b, c, a, b, pad, a, b, c, a, d, c, pad, pad, pad];
const mask = [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0];
const problems = [0, 0, 1, 0, 0];

test('answers that begin alike share nodes, an answer that ends inside another too, and problems share nothing', () => {
  const tree = prefixTree(tokens, mask, problems);
  expect([...tree.node_NT]).toEqual([0, 1, 2, 0, 1, -1, 3, 4, 5, 0, 6, 7, -1, -1, -1]);
  expect(tree.parent).toEqual([-1, 0, 1, -1, 3, 4, 0, 6]);
  expect(tree.depth).toEqual([1, 2, 3, 1, 2, 3, 2, 3]);
  expect(tree.problem).toEqual([0, 0, 0, 1, 1, 1, 0, 0]);
  expect(tree.passing).toEqual([3, 2, 1, 1, 1, 1, 1, 1]);
});

test('padding is skipped even where its id is a token of the alphabet, and a hole in the mask too', () => {
  expect([...prefixTree([0, 0, 0, 9, 0, 0], [1, 1, 0, 0, 1, 1], [0, 0]).node_NT]).toEqual([0, 1, -1, -1, 0, 1]);
});

const source: PartitionSource = {
  answers: 5, width: 3, maximumSteps: 2, problem_N: problems, mask_NT: mask, tokens_NT: tokens,
  stepCount_N: [2, 1, 2, 2, 0], stepOfToken_NT: [0, 0, 1, 0, 0, -1, 0, 1, 1, 0, 0, 1, -1, -1, -1],
  states_NK: [['q', 's'], ['q'], ['q', 's'], ['q', 'q'], []],
};
/** The sets as lists of places. */
const setsOf = (name: PartitionName): number[][] => {
  const { order, start } = PARTITIONS[name].build(source);
  return Array.from({ length: start.length - 1 }, (_, set) => [...order.subarray(start[set], start[set + 1])]).filter((list) => list.length > 0);
};

test.each<[PartitionName, number[][]]>([
  ['prefix', [[0, 3, 9], [1, 4], [2], [6], [7], [8], [10], [11]]],
  // steps 0 of answers 0 and 1 end after "a b"; answer 3's does after "a d"
  ['stepPrefix', [[0, 2], [1], [4], [5], [6], [7]]],
  ['state', [[0, 2, 6, 7], [1], [4], [5]]],
  ['stepIndex', [[0, 2, 6], [1, 7], [4], [5]]],
  ['tokenIndex', [[0, 3, 9], [1, 4, 10], [2, 11], [6], [7], [8]]],
  ['allSteps', [[0, 1, 2, 4, 5, 6, 7]]],
])('%s', (name, expected) => {
  expect(setsOf(name)).toEqual(expected);
});

test('a state named 1 and one named "1" are two states', () => {
  const both = { ...source, states_NK: [[1, 's'], ['1'], ['q', 's'], ['q', 'q'], []] };
  const { order, start } = PARTITIONS.state.build(both);
  expect([...order.subarray(start[0], start[1])]).toEqual([0]);
});
