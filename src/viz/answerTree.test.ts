import { expect, test } from 'vitest';
import { growAnswerTree, layoutAnswerTree, nodeBeside, nodesBelow } from './answerTree';

/** a b c / a b d / a b d / x: the root parts into "ab" and "x", "ab" into "c" and twice "d" */
const ANSWERS = [[1, 2, 3], [1, 2, 4], [1, 2, 4], [9]];
const TREE = growAnswerTree(ANSWERS);

test('shared beginnings are one edge, and nodes stand where answers part or end', () => {
  expect(TREE.map(({ from, depth, answers, endings, parent }) => [parent, from, depth, answers.join(''), endings.join('')])).toEqual([
    [-1, 0, 0, '0123', ''],
    [0, 0, 2, '012', ''],
    [1, 2, 3, '0', '0'],
    [1, 2, 3, '12', '12'],
    [0, 0, 1, '3', '3'],
  ]);
  expect(TREE.map(({ children }) => children)).toEqual([[1, 4], [2, 3], [], [], []]);
});

test('an answer that ends where others go on has a node there; an empty one ends at the root', () => {
  const tree = growAnswerTree([[5], [5, 6], []]);
  expect(tree.map(({ depth, endings }) => [depth, endings.join('')])).toEqual([[0, '2'], [1, '0'], [2, '1']]);
});

test('across by tokens and nodes passed, down by leaves: hand-worked places', () => {
  const { places, width, height } = layoutAnswerTree(TREE, { token: 10, node: 30, row: 20 });
  // leaves at 10, 30, 50; "ab" between its two, the root between "ab" and "x"
  expect(places).toEqual([{ x: 15, y: 35 }, { x: 65, y: 20 }, { x: 105, y: 10 }, { x: 105, y: 30 }, { x: 55, y: 50 }]);
  expect([width, height]).toEqual([120, 60]);
});

test('one answer alone is one edge on one line', () => {
  const tree = growAnswerTree([[1, 2]]);
  expect(layoutAnswerTree(tree, { token: 10, node: 30, row: 20 }).places).toEqual([{ x: 15, y: 10 }, { x: 65, y: 10 }]);
});

test('what lies below a node', () => {
  expect([...nodesBelow(TREE, 1)]).toEqual([1, 2, 3]);
  expect([...nodesBelow(TREE, 4)]).toEqual([4]);
  expect(nodesBelow(TREE, 0).size).toBe(5);
});

test('arrows walk the tree and stay inside it', () => {
  expect(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'].map((key) => nodeBeside(TREE, 1, key))).toEqual([2, 0, 1, 4]);
  expect(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'].map((key) => nodeBeside(TREE, 0, key))).toEqual([1, 0, 0, 0]);
  expect(nodeBeside(TREE, 3, 'ArrowUp')).toBe(2);
});
