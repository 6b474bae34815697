// MatchTIR's reward of a turn (arXiv 2601.10712): its calls against those of a reference solution, whatever their order.
// similarity = 0 where the names differ, else (1 + overlap of the argument names + reference arguments with the same value) /
// (2 + reference arguments). Calls are paired one to one, the most similar first, ties to the earlier call, then the earlier
// reference call; a call without partner gets 0. The overlap is that of sets (Jaccard), 1 where neither has arguments.

export type CallArguments = Readonly<Record<string, unknown>>;
export interface Call { readonly name: string; readonly args: CallArguments }

export function similarity(call: Call, gold: Call): number {
  if (call.name !== gold.name) return 0;
  const wanted = Object.keys(gold.args);
  const shared = Object.keys(call.args).filter((name) => Object.hasOwn(gold.args, name));
  const union = wanted.length + Object.keys(call.args).length - shared.length;
  const equal = wanted.filter((name) => Object.hasOwn(call.args, name) && JSON.stringify(call.args[name]) === JSON.stringify(gold.args[name]));
  return (1 + (union === 0 ? 1 : shared.length / union) + equal.length) / (2 + wanted.length);
}

/** The similarity that each call of an answer is paired with; turns are lists of calls. */
export function matchCalls(turns: readonly (readonly Call[])[], gold: readonly Call[]): number[][] {
  const calls = turns.flatMap((turn, k) => turn.map((call, i) => ({ call, k, i })));
  const pairs = calls.flatMap(({ call }, one) => gold.map((wanted, other) => ({ one, other, value: similarity(call, wanted) }))).filter(({ value }) => value > 0);
  pairs.sort((left, right) => right.value - left.value || left.one - right.one || left.other - right.other);
  const rewards = turns.map((turn) => turn.map(() => 0));
  const [taken, used] = [new Set<number>(), new Set<number>()];
  for (const { one, other, value } of pairs) {
    if (taken.has(one) || used.has(other)) continue;
    taken.add(one);
    used.add(other);
    const { k, i } = calls[one]!;
    rewards[k]![i] = value;
  }
  return rewards;
}

/** One number a turn: the mean over its calls, 0 where it makes none. */
export const turnRewards = (turns: readonly (readonly Call[])[], gold: readonly Call[]): number[] =>
  matchCalls(turns, gold).map((own) => own.reduce((sum, one) => sum + one, 0) / Math.max(1, own.length));
