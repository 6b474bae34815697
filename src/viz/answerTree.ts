// The answers to one problem as a tree: beginnings that they share are drawn once. A stretch in which nothing parts or ends is one
// edge with its text, so nodes are only where answers part or end. Laid out from left to right, a token the same width everywhere,
// so that text fits its edge; leaves at even distances from top to bottom.

import { cluster, group as groups, hierarchy } from 'd3';

export interface AnswerTreeNode {
  readonly id: number;
  /** -1 at the root */
  readonly parent: number;
  /** the edge's tokens are [from, depth) of any answer below */
  readonly from: number;
  readonly depth: number;
  /** answers that begin like this, by their place in the group */
  readonly answers: readonly number[];
  /** those of them that end here */
  readonly endings: readonly number[];
  readonly children: readonly number[];
}

/** `answers`: tokens of each. Node 0 is the root, before the first token; children in the order of their first answer. */
export function growAnswerTree(answers: readonly ArrayLike<number>[]): readonly AnswerTreeNode[] {
  const nodes: (AnswerTreeNode & { children: number[] })[] = [];
  const grow = (parent: number, from: number, depth: number, members: readonly number[]): void => {
    const endings = members.filter((row) => answers[row]!.length === depth);
    const node = { id: nodes.length, parent, from, depth, answers: members, endings, children: [] };
    nodes.push(node);
    if (parent >= 0) nodes[parent]!.children.push(node.id);
    const goingOn = members.filter((row) => answers[row]!.length > depth);
    for (const below of groups(goingOn, (row) => answers[row]![depth]!).values()) grow(node.id, depth, sharedUntil(answers, below, depth + 1), below);
  };
  grow(-1, 0, 0, answers.map((_, row) => row));
  return nodes;
}

/** As far as these answers go on alike. */
function sharedUntil(answers: readonly ArrayLike<number>[], members: readonly number[], from: number): number {
  const first = answers[members[0]!]!;
  for (let depth = from; ; depth++) {
    if (members.some((row) => answers[row]!.length === depth || answers[row]![depth] !== first[depth])) return depth;
  }
}

export interface TreeMeasures {
  /** px of a token */
  readonly token: number;
  /** px that a node takes up between two edges */
  readonly node: number;
  /** px from leaf to leaf */
  readonly row: number;
}

export interface PlacedTree {
  /** centre of each node */
  readonly places: readonly { readonly x: number; readonly y: number }[];
  readonly width: number;
  readonly height: number;
}

export function layoutAnswerTree(nodes: readonly AnswerTreeNode[], { token, node, row }: TreeMeasures): PlacedTree {
  const root = cluster<AnswerTreeNode>().nodeSize([row, 1]).separation(() => 1)(hierarchy(nodes[0]!, ({ children }) => children.map((id) => nodes[id]!)));
  const top = Math.min(...root.leaves().map(({ x }) => x));
  const places: { x: number; y: number }[] = [];
  // across by tokens and nodes passed, not by the level alone
  for (const placed of root) places[placed.data.id] = { x: node / 2 + placed.data.depth * token + placed.depth * node, y: row / 2 + placed.x - top };
  return { places, width: Math.max(...places.map(({ x }) => x)) + node / 2, height: root.leaves().length * row };
}

/** The node itself and all below it. */
export function nodesBelow(nodes: readonly AnswerTreeNode[], id: number): ReadonlySet<number> {
  const found = new Set<number>([id]);
  // a child comes after its parent
  for (const node of nodes) if (found.has(node.parent)) found.add(node.id);
  return found;
}

/** Where an arrow key leads: right to the first child, left to the parent, up and down to the neighbour at the same distance from the root. */
export function nodeBeside(nodes: readonly AnswerTreeNode[], id: number, key: string): number {
  const node = nodes[id]!;
  if (key === 'ArrowLeft') return Math.max(0, node.parent);
  if (key === 'ArrowRight') return node.children[0] ?? id;
  const level = (one: number): number => (nodes[one]!.parent < 0 ? 0 : 1 + level(nodes[one]!.parent));
  const peers = nodes.filter((one) => level(one.id) === level(id));
  const at = peers.indexOf(node) + (key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0);
  return peers[Math.max(0, Math.min(peers.length - 1, at))]!.id;
}
