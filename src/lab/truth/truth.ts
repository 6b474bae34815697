// The credit that a token really deserves: A(t) = V(after token t) - V(before it), where V(prefix) is the probability that the
// run's own sampling (temperature, filters, length limit) goes on from the prefix to an answer that the verifier accepts. An answer
// that is cut off at the length limit counts 0. Nothing that a credit method adds to the outcome enters.
// V comes by enumeration (enumerate.ts) or by many continuations from each prefix (monteCarlo.ts); both fill one PrefixTree.

import type { SampleRecord } from '../record';
import type { PrefixTree } from './prefixTree';

/** V at a prefix and how far off it can be. */
export interface PrefixValue {
  readonly value: number;
  /** Monte Carlo: one standard error. Enumeration: a strict bound. 0 where the answer has ended. */
  readonly error: number;
}

export interface TruthCost {
  /** answers, or ends of answers, that were sampled */
  readonly rollouts: number;
  /** tokens that were sampled */
  readonly sampledTokens: number;
  /** answers that went through a scoring forward */
  readonly forwards: number;
  readonly seconds: number;
}

export interface Truth {
  readonly kind: 'enumeration' | 'monte-carlo';
  readonly width: number;
  /** [N, T+1]: before each token, and after the last one; 0 beyond */
  readonly values_NT1: Float64Array;
  readonly errors_NT1: Float64Array;
  /** [N, T]: Q - V of the tokens written */
  readonly advantages_NT: Float64Array;
  /** [N, T]: Monte Carlo: standard error; enumeration: bound */
  readonly advantageErrors_NT: Float64Array;
  /** two advantages from halves of the continuations, for the score that this truth gets against itself; Monte Carlo only */
  readonly halves_NT?: readonly [Float64Array, Float64Array];
  /** the largest error of any prefix */
  readonly largestError: number;
  readonly cost: TruthCost;
}

/** `halves`: V at each node from the even and from the odd continuations. */
export function assembleTruth(
  kind: Truth['kind'], sample: SampleRecord, tree: PrefixTree, valueOf: (node: number) => PrefixValue, cost: TruthCost,
  halfOf?: (node: number, half: 0 | 1) => number,
): Truth {
  const { answers, width, lengths_N } = sample;
  const values_NT1 = new Float64Array(answers * (width + 1));
  const errors_NT1 = new Float64Array(answers * (width + 1));
  const advantages_NT = new Float64Array(answers * width);
  const advantageErrors_NT = new Float64Array(answers * width);
  const halves_NT = halfOf && ([new Float64Array(answers * width), new Float64Array(answers * width)] as const);
  let largestError = 0;
  for (let n = 0; n < answers; n++) {
    for (let t = 0; t <= lengths_N[n]!; t++) {
      const at = n * (width + 1) + t;
      const { value, error } = valueOf(tree.node_NT1[at]!);
      values_NT1[at] = value;
      errors_NT1[at] = error;
      largestError = Math.max(largestError, error);
      if (t === 0) continue;
      const token = n * width + t - 1;
      advantages_NT[token] = value - values_NT1[at - 1]!;
      // two prefixes have continuations of their own, so standard errors add in squares; bounds add
      advantageErrors_NT[token] = kind === 'monte-carlo' ? Math.hypot(error, errors_NT1[at - 1]!) : error + errors_NT1[at - 1]!;
      if (halfOf !== undefined) for (const half of [0, 1] as const) halves_NT![half][token] = halfOf(tree.node_NT1[at]!, half) - halfOf(tree.node_NT1[at - 1]!, half);
    }
  }
  return { kind, width, values_NT1, errors_NT1, advantages_NT, advantageErrors_NT, ...(halves_NT !== undefined && { halves_NT }), largestError, cost };
}

/** Thrown where a person asked to stop. */
export class TruthCancelled extends Error {
  constructor() {
    super('the search for the truth was cancelled');
  }
}
