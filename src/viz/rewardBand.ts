// How far problems are apart within an update: mean reward of the worst and of the best group of answers.

import type { UpdateRecord } from '../lab/record';
import type { BandPoint } from './curveLayout';

const known = new WeakMap<UpdateRecord, BandPoint>();

/** Kept for each record: a run shows it for all its updates, again with each new one. */
export function rewardBand(update: UpdateRecord): BandPoint {
  const found = known.get(update) ?? bandOf(update);
  known.set(update, found);
  return found;
}

function bandOf({ line, sample, score }: UpdateRecord): BandPoint {
  const sums = sample.problems_P.map(() => ({ reward: 0, answers: 0 }));
  sample.problem_N.forEach((problem, answer) => {
    const sum = sums[problem]!;
    sum.reward += score.outcome_N[answer]!;
    sum.answers++;
  });
  const means = sums.filter(({ answers }) => answers > 0).map(({ reward, answers }) => reward / answers);
  return { update: line.update, least: means.length === 0 ? Number.NaN : Math.min(...means), most: means.length === 0 ? Number.NaN : Math.max(...means) };
}
