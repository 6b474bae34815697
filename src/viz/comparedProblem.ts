// The problems of a comparison: whose answers stand together, and which one a person sees first.

import type { ComparedBatch } from '../lab/fidelity/compare';

/** Answers to a problem, as indices into the batch. */
export function groupOf({ sample }: Pick<ComparedBatch, 'sample'>, problem: number): number[] {
  return [...sample.problem_N.keys()].filter((n) => sample.problem_N[n] === problem);
}

/** Some right, some wrong: the nearest to half and half. */
export function openingProblem(comparison: Pick<ComparedBatch, 'sample' | 'score'>): number {
  const distances = comparison.sample.problems_P.map((_, problem) => {
    const group = groupOf(comparison, problem);
    return Math.abs(group.filter((n) => comparison.score.outcome_N[n]! > 0).length - group.length / 2);
  });
  return distances.indexOf(Math.min(...distances));
}
