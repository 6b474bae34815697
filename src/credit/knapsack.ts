// Knapsack RL (arXiv 2509.25849): the same number of rollouts, given to the problems where they teach something. N rollouts of
// a problem with success rate p are worth (1 − p^N − (1 − p)^N) p (1 − p)²: the chance that the group holds both verdicts,
// times how much there is to learn. Problems that always or never succeed get the least; a dynamic programme shares out the
// rest exactly. Unseen problems get the plain n. What surely suffices (ln(1 − confidence) / ln(max(p, 1 − p)) rollouts for both
// verdicts) bounds the need: anything above it goes to the problems that never succeed, or, if there are none, to the others.
// Ours, where the released code differs: no extra rollout is worth the value at the least, unseen is not the same as p = 0, and
// what the problems in between cannot take at their most is surplus too.

export interface KnapsackSettings {
  /** rollouts a problem on average */
  readonly n: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly confidence: number;
}

export const groupValue = (p: number, rollouts: number): number => (1 - p ** rollouts - (1 - p) ** rollouts) * p * (1 - p) ** 2;

/** Rollouts of each problem, by its success rate; null = never tried. They sum to n × problems. */
export function allocateRollouts(rates: readonly (number | null)[], { n, minimum, maximum, confidence }: KnapsackSettings): number[] {
  if (!(minimum >= 1 && minimum <= n && n <= maximum)) throw new RangeError(`rollouts: the least (${minimum}), the mean (${n}) and the most (${maximum}) must rise`);
  const indices = rates.map((_, i) => i);
  const isEffective = (p: number | null): p is number => p !== null && p > 0 && p < 1;
  const effective = indices.filter((i) => isEffective(rates[i]!));
  const hopeless = indices.filter((i) => rates[i] === 0);
  const solved = indices.filter((i) => rates[i] === 1);
  const allocation = rates.map((p) => (p === null ? n : minimum));
  let left = n * rates.length - allocation.reduce((sum, one) => sum + one, 0);
  if (effective.length === 0) {
    if (hopeless.length > 0) split(allocation, hopeless, left);
    else for (const i of solved) allocation[i] = n;
    return allocation;
  }
  const cost = effective.reduce((sum, i) => sum + Math.floor(Math.min(maximum, Math.log(1 - confidence) / Math.log(Math.max(rates[i]!, 1 - rates[i]!)))), 0);
  const others = hopeless.length > 0 ? hopeless : indices.filter((i) => !effective.includes(i));
  const useful = Math.min(cost, (maximum - minimum) * effective.length);
  if (useful < left && others.length > 0) {
    split(allocation, others, left - useful);
    left = useful;
  }
  const best = sharedOut(effective.map((i) => rates[i]!), left + minimum * effective.length, minimum, maximum);
  effective.forEach((i, place) => { allocation[i] = best[place]!; });
  return allocation;
}

/** Adds extra rollouts to the chosen problems as evenly as whole numbers allow; earlier ones get the remainder. */
function split(allocation: number[], chosen: readonly number[], extra: number): void {
  chosen.forEach((i, place) => { allocation[i]! += Math.floor(extra / chosen.length) + Number(place < extra % chosen.length); });
}

/** Numbers between minimum and maximum that sum to total and make the sum of groupValue largest. */
function sharedOut(rates: readonly number[], total: number, minimum: number, maximum: number): number[] {
  let best = new Float64Array(total + 1).fill(-Infinity);
  best[0] = 0;
  const chosen: Uint32Array[] = [];
  for (const p of rates) {
    const next = new Float64Array(total + 1).fill(-Infinity);
    const choice = new Uint32Array(total + 1);
    for (let sum = minimum; sum <= total; sum++) {
      for (let rollouts = minimum; rollouts <= Math.min(maximum, sum); rollouts++) {
        const value = best[sum - rollouts]! + groupValue(p, rollouts);
        if (value > next[sum]!) {
          next[sum] = value;
          choice[sum] = rollouts;
        }
      }
    }
    best = next;
    chosen.push(choice);
  }
  const result: number[] = [];
  for (let place = rates.length - 1, sum = total; place >= 0; place--) {
    result.unshift(chosen[place]![sum]!);
    sum -= result[0]!;
  }
  return result;
}
