// What voting over fewer critiques would have given: precision and recall of flags against the exact checker for each rule
// and each number k of critiques, over all ways to choose k of the critiques that were asked for (missing ones included),
// each way equally likely. Nothing is drawn: a step with f flags among v readable of K critiques has, in k chosen ones,
// i flags and j passes with probability C(f,i) C(v−f,j) C(K−v,k−i−j) / C(K,k). Precision is expected right flags over
// expected flags, recall expected right flags over wrong steps; a share of votes (rule fractional) counts as that much flag.

import type { VotingRule } from '../lab/configuration';

export const RULES: readonly VotingRule[] = ['intersection', 'strict_majority', 'at_least_half', 'union', 'fractional'];

/** How far a step is flagged, 0 to 1, by `flags` of `valid` critiques; with none, not at all. */
export function flagOf(rule: VotingRule, flags: number, valid: number): number {
  if (valid === 0) return 0;
  switch (rule) {
    case 'intersection': return flags === valid ? 1 : 0;
    case 'strict_majority': return flags > valid / 2 ? 1 : 0;
    case 'at_least_half': return flags > 0 && flags >= valid / 2 ? 1 : 0;
    case 'union': return flags > 0 ? 1 : 0;
    case 'fractional': return flags / valid;
  }
}

/** One step that was judged, and what the checker knows of it. */
export interface JudgedStep {
  readonly isWrong: boolean;
  readonly flags: number;
  readonly valid: number;
  readonly asked: number;
}

export interface VotingPoint {
  readonly k: number;
  /** NaN where nothing is ever flagged */
  readonly precision: number;
  /** NaN where no step is wrong */
  readonly recall: number;
}

/** k from 1 to the fewest critiques that any step was to have. */
export function votingCurve(steps: readonly JudgedStep[], rule: VotingRule): VotingPoint[] {
  const most = Math.min(...steps.map(({ asked }) => asked));
  return Number.isFinite(most) ? Array.from({ length: most }, (_, i) => votingPoint(steps, rule, i + 1)) : [];
}

function votingPoint(steps: readonly JudgedStep[], rule: VotingRule, k: number): VotingPoint {
  const known = new Map<string, number>();
  let [flagged, right, wrong] = [0, 0, 0];
  for (const step of steps) {
    const name = `${step.flags} ${step.valid} ${step.asked}`;
    let expected = known.get(name);
    if (expected === undefined) known.set(name, (expected = expectedFlag(step, rule, k)));
    flagged += expected;
    if (!step.isWrong) continue;
    right += expected;
    wrong++;
  }
  return { k, precision: flagged === 0 ? Number.NaN : right / flagged, recall: wrong === 0 ? Number.NaN : right / wrong };
}

function expectedFlag({ flags, valid, asked }: JudgedStep, rule: VotingRule, k: number): number {
  let expected = 0;
  for (let i = 0; i <= Math.min(flags, k); i++) {
    for (let j = 0; j <= Math.min(valid - flags, k - i); j++) {
      expected += flagOf(rule, i, i + j) * choose(flags, i) * choose(valid - flags, j) * choose(asked - valid, k - i - j);
    }
  }
  return expected / choose(asked, k);
}

/** Ways to choose; exact for the at most 32 critiques of an answer. */
function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}
