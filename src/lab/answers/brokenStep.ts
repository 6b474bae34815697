// What is known of the truth about answers made elsewhere: that some of their steps are wrong. In an answer that is not
// right, the first of them is taken for what broke it. Scored is how often a method's lowest credit of the answer lies
// there; of tokens that share the lowest, each counts for its part. It is no whole truth: a reasoning mistake without a
// wrong sum or a label stays unseen, and answers without a step known to be wrong say nothing.

import type { AnswersBatch } from './answersBatch';

export interface BrokenStepScore {
  /** of `answers`, in parts of one where tokens share the lowest credit */
  readonly found: number;
  /** what credit that is the same for every token would find */
  readonly chance: number;
  /** that are not right and have a step known to be wrong */
  readonly answers: number;
}

/** The brokenness of nothing. */
export const NO_BROKEN_STEPS: BrokenStepScore = { found: 0, chance: 0, answers: 0 };

/** Below this, credits are equal: as far as a float32 program's rounding goes. */
const SAME = 1e-6;

/** `credit_NT`: 0 for answers that the method keeps out of the loss. */
export function scoreBrokenSteps({ sample, score, critique, verdicts_NK }: AnswersBatch, credit_NT: Float32Array): BrokenStepScore {
  let total = NO_BROKEN_STEPS;
  for (let n = 0; n < sample.answers; n++) {
    if (score.outcome_N[n]! > 0) continue;
    const [start, end] = critique.steps_NK[n]!.find(([from, to], k) => verdicts_NK[n]![k] === 'wrong' && to > from) ?? [0, 0];
    if (end === start) continue;
    const credit_T = credit_NT.subarray(n * sample.width, n * sample.width + sample.lengths_N[n]!);
    const least = credit_T.reduce((lowest, one) => Math.min(lowest, one), Infinity);
    const isLowest = (one: number): boolean => one <= least + SAME;
    total = addScores(total, { found: credit_T.subarray(start, end).filter(isLowest).length / credit_T.filter(isLowest).length, chance: (end - start) / credit_T.length, answers: 1 });
  }
  return total;
}

export function addScores(one: BrokenStepScore, other: BrokenStepScore): BrokenStepScore {
  return { found: one.found + other.found, chance: one.chance + other.chance, answers: one.answers + other.answers };
}
