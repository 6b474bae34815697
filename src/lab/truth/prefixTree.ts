// The distinct beginnings of a batch's answers: two answers to one problem that begin alike share nodes, and so share what is
// found out about them. Node ids count up from each problem's root; a node knows its tokens through its parent.

import { STOP_TOKEN, type Task } from '../../tasks/task';
import type { SampleRecord } from '../record';
import { tokensOf } from '../rows';
import { decode } from '../tokens';

export interface PrefixNode {
  readonly problem: number;
  /** -1 at a root */
  readonly parent: number;
  /** the token that leads here; -1 at a root */
  readonly token: number;
  /** tokens of the prefix */
  readonly depth: number;
  readonly children: Map<number, number>;
  /** the outcome where the answer ends here: after the stop token, or cut off (0) */
  readonly outcome?: 0 | 1;
}

export interface PrefixTree {
  readonly nodes: PrefixNode[];
  /** root of each problem */
  readonly root_P: readonly number[];
  /** [N, T+1]: the node before each token and after the last one; -1 beyond */
  readonly node_NT1: Int32Array;
}

export function growPrefixTree(task: Task, sample: SampleRecord): PrefixTree {
  const { answers, width, problem_N, lengths_N } = sample;
  const nodes: PrefixNode[] = [];
  const root_P = sample.problems_P.map((_, problem) => nodes.push({ problem, parent: -1, token: -1, depth: 0, children: new Map() }) - 1);
  const node_NT1 = new Int32Array(answers * (width + 1)).fill(-1);
  const tree = { nodes, root_P, node_NT1 };
  for (let n = 0; n < answers; n++) {
    let node = root_P[problem_N[n]!]!;
    node_NT1[n * (width + 1)] = node;
    const tokens = tokensOf(sample, n);
    for (let t = 0; t < lengths_N[n]!; t++) {
      node = childOf(tree, task, sample, width, node, tokens[t]!);
      node_NT1[n * (width + 1) + t + 1] = node;
    }
  }
  return tree;
}

/** The node after `token`, made where it is new. `width`: tokens that an answer may have. */
export function childOf(tree: Pick<PrefixTree, 'nodes'>, task: Task, { problems_P }: Pick<SampleRecord, 'problems_P'>, width: number, parent: number, token: number): number {
  const above = tree.nodes[parent]!;
  const known = above.children.get(token);
  if (known !== undefined) return known;
  const depth = above.depth + 1;
  const isEnd = token === STOP_TOKEN || depth >= width;
  const outcome = !isEnd ? undefined : token === STOP_TOKEN ? task.verify(problems_P[above.problem]!, decode(task.alphabet, prefixOf(tree, parent))) : 0;
  const made = tree.nodes.push({ problem: above.problem, parent, token, depth, children: new Map(), ...(outcome !== undefined && { outcome }) }) - 1;
  above.children.set(token, made);
  return made;
}

export function prefixOf({ nodes }: Pick<PrefixTree, 'nodes'>, node: number): number[] {
  const tokens = new Array<number>(nodes[node]!.depth);
  for (let at = node; nodes[at]!.parent !== -1; at = nodes[at]!.parent) tokens[nodes[at]!.depth - 1] = nodes[at]!.token;
  return tokens;
}
