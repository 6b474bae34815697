import { expect, test } from 'vitest';
import type { Comparison, ComparedMethod } from '../lab/fidelity/compare';
import { growAnswerTree } from './answerTree';
import { treeMethods, treeValues } from './treeValues';

/** Answers 1 and 2 of three: "ab" (right) and "ac" (wrong), two tokens wide. */
const GROUP = [1, 2];
const NODES = growAnswerTree([[5, 6], [5, 7]]);
const method = (name: string, rows: readonly (readonly [string, readonly number[]])[]): ComparedMethod => ({
  name, title: name,
  credit: { method: name, advantages_NT: new Float32Array(6), rows: rows.map(([id, values]) => ({ id, label: id, shape: 'token', formula: '', inputs: {}, parameters: {}, values: Float32Array.from(values) })) },
});
const comparison = {
  sample: { answers: 3, width: 2, problem_N: [0, 1, 1], lengths_N: [2, 2, 2] }, score: { outcome_N: [0, 1, 0] }, critique: { steps_NK: [[], [], []] },
  truth: { width: 2, values_NT1: [9, 9, 9, 0.5, 0.625, 1, 0.5, 0.625, 0] },
} as unknown as Comparison;

test('the truth at a node is the value after its tokens', () => {
  // root, "a", "ab", "ac"
  expect(NODES.map(({ depth }) => depth)).toEqual([0, 1, 2, 2]);
  expect(treeValues(NODES, GROUP, comparison)).toEqual([0.5, 0.625, 1, 0]);
});

test('a tree method has the mean of the group at the root and its own values beyond; those after each token come first', () => {
  const V = ['V', [9, 9, 0.25, 0.75, 0.25, 0.125]] as const;
  expect(treeValues(NODES, GROUP, comparison, method('tempo', [V]))).toEqual([0.5, 0.25, 0.75, 0.125]);
  expect(treeValues(NODES, GROUP, comparison, method('branchgrpo', [['V', [9, 9, 9, 9, 9, 9]], ['after', V[1]]]))).toEqual([0.5, 0.25, 0.75, 0.125]);
  expect(treeValues(NODES, GROUP, comparison, method('tempo', [])).slice(1)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('methods on trees are told from others, with parameters too', () => {
  expect(treeMethods(['grpo', 'tempo:scale=none', 'rose'].map((name) => method(name, []))).map(({ name }) => name)).toEqual(['tempo:scale=none', 'rose']);
});
