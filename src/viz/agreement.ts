// Fleiss' kappa (Psychological Bulletin 76, 1971): how far critiques agree beyond chance. Of each item the counts of votes
// by category; items may have different numbers of votes, as where critiques are missing (those with fewer than two say
// nothing). kappa = (P − Pe) / (1 − Pe); P: mean share of agreeing pairs of an item; Pe: the sum of squared shares of categories.

export interface Agreement {
  /** null where every vote is the same: there is no chance to be better than */
  readonly kappa: number | null;
  /** mean share of pairs of votes on one item that agree */
  readonly observed: number;
  readonly items: number;
}

/** Undefined where no item has two votes. */
export function fleissKappa(counts_IC: readonly (readonly number[])[]): Agreement | undefined {
  const items = counts_IC.filter((counts) => sum(counts) >= 2);
  if (items.length === 0) return undefined;
  const observed = sum(items.map((counts) => {
    const votes = sum(counts);
    return sum(counts.map((count) => count * (count - 1))) / (votes * (votes - 1));
  })) / items.length;
  const votes = sum(items.map(sum));
  const expected = sum(items[0]!.map((_, category) => (sum(items.map((counts) => counts[category]!)) / votes) ** 2));
  return { kappa: expected === 1 ? null : (observed - expected) / (1 - expected), observed, items: items.length };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
