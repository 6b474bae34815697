// The implicit prefix tree of a batch: answers to one problem that begin with the same tokens share nodes. A node is a
// problem and a prefix of at least one token; an answer passes through the nodes of its prefixes. Empty answers pass none.

export interface PrefixTree {
  /** [answers, width]: node that the answer is in after the token; −1 where the mask is 0 */
  readonly node_NT: Int32Array<ArrayBuffer>;
  /** a node's parent, −1 for the first token of a problem; parents come before their children */
  readonly parent: readonly number[];
  /** tokens of the node's prefix */
  readonly depth: readonly number[];
  readonly problem: readonly number[];
  /** answers whose usable tokens start with the prefix, those that end there included */
  readonly passing: readonly number[];
}

/** A parent (problems below 0) and a token id below 2^32 as one number. */
const PARENT = 2 ** 32;

export function prefixTree(tokens_NT: ArrayLike<number>, mask_NT: ArrayLike<number>, problem_N: ArrayLike<number>): PrefixTree {
  const answers = problem_N.length;
  const width = mask_NT.length / answers;
  const node_NT = new Int32Array(answers * width).fill(-1);
  const parent: number[] = [];
  const depth: number[] = [];
  const problem: number[] = [];
  const passing: number[] = [];
  const children = new Map<number, number>();
  for (let n = 0; n < answers; n++) {
    let at = -1;
    for (let i = n * width; i < (n + 1) * width; i++) {
      if (mask_NT[i] === 0) continue;
      const edge = (at < 0 ? -1 - problem_N[n]! : at) * PARENT + tokens_NT[i]!;
      let child = children.get(edge);
      if (child === undefined) {
        children.set(edge, (child = parent.length));
        parent.push(at);
        depth.push(at < 0 ? 1 : depth[at]! + 1);
        problem.push(problem_N[n]!);
        passing.push(0);
      }
      passing[child]!++;
      node_NT[i] = at = child;
    }
  }
  return { node_NT, parent, depth, problem, passing };
}
