// What is known of the truth about answers that no policy can be asked about: that some of their steps are wrong. In an answer that is not
// right, the first of them is taken for what broke it. Scored is how often a method's lowest credit of the answer lies
// there; of tokens that share the lowest, each counts for its part. So it is the breaker of ../fidelity/measures.ts, with a step
// where that has the one token whose true credit is lowest. It is no whole truth: a reasoning mistake without a
// wrong sum or a label stays unseen, and answers without a step known to be wrong say nothing.

import { intervalOf, resamples, type Interval } from '../fidelity/bootstrap';
import { trainedCredit } from '../fidelity/trainedCredit';
import type { CreditRecord, CritiqueRecord, SampleRecord, ScoreRecord } from '../record';

/** Of answers made elsewhere, or of a run's update. */
export interface CheckedAnswers {
  readonly sample: Pick<SampleRecord, 'problems_P' | 'answers' | 'width' | 'problem_N' | 'lengths_N'>;
  readonly score: Pick<ScoreRecord, 'outcome_N'>;
  /** a step is wrong where its verdict is `false` */
  readonly critique: Pick<CritiqueRecord, 'steps_NK' | 'isCorrect_NK'>;
}

export interface BrokenStepScore {
  /** of `answers`, in parts of one where tokens share the lowest credit */
  readonly found: number;
  /** what credit that is the same for every token would find */
  readonly chance: number;
  /** that are not right and have a step known to be wrong */
  readonly answers: number;
}

export interface BrokenStepShare extends BrokenStepScore {
  /** of found / answers, over resamples of the problems that have such answers; null where they are fewer than two */
  readonly interval: Interval | null;
}

/** The brokenness of nothing. */
export const NO_BROKEN_STEPS: BrokenStepScore = { found: 0, chance: 0, answers: 0 };

/** Below this, credits are equal: as far as a float32 program's rounding goes. */
const SAME = 1e-6;
const RESAMPLES = 400;
/** Every method meets the same resamples. */
const SEED = 1;

/** One a problem. */
export function scoreBrokenSteps(answers: CheckedAnswers, credit: Pick<CreditRecord, 'rows' | 'rowMask' | 'advantages_NT'>): BrokenStepScore[] {
  const { sample } = answers;
  const credit_NT = trainedCredit(credit, sample);
  const scores_P = sample.problems_P.map(() => NO_BROKEN_STEPS);
  for (let n = 0; n < sample.answers; n++) {
    const [start, end] = brokenStep(answers, n) ?? [0, 0];
    if (end === start) continue;
    const credit_T = credit_NT.subarray(n * sample.width, n * sample.width + sample.lengths_N[n]!);
    const least = credit_T.reduce((lowest, one) => Math.min(lowest, one), Infinity);
    const isLowest = (one: number): boolean => one <= least + SAME;
    const problem = sample.problem_N[n]!;
    scores_P[problem] = addScores(scores_P[problem]!, { found: credit_T.subarray(start, end).filter(isLowest).length / credit_T.filter(isLowest).length, chance: (end - start) / credit_T.length, answers: 1 });
  }
  return scores_P;
}

/** Tokens [start, end) of the first step known to be wrong of an answer that is not right. Views find it by src/viz/brokenStep.ts. */
function brokenStep({ score, critique }: CheckedAnswers, n: number): readonly [number, number] | undefined {
  return score.outcome_N[n]! > 0 ? undefined : critique.steps_NK[n]!.find(([from, to], k) => critique.isCorrect_NK[n]![k] === false && to > from);
}

/** All of them together. */
export function shareOf(scores_P: readonly BrokenStepScore[]): BrokenStepShare {
  const known = scores_P.filter(({ answers }) => answers > 0);
  const all = known.reduce(addScores, NO_BROKEN_STEPS);
  if (known.length < 2) return { ...all, interval: null };
  const shares = resamples(known.length, RESAMPLES, SEED).map((draw) => {
    let [found, answers] = [0, 0];
    for (const problem of draw) {
      found += known[problem]!.found;
      answers += known[problem]!.answers;
    }
    return found / answers;
  });
  return { ...all, interval: intervalOf(all.found / all.answers, shares) };
}

function addScores(one: BrokenStepScore, other: BrokenStepScore): BrokenStepScore {
  return { found: one.found + other.found, chance: one.chance + other.chance, answers: one.answers + other.answers };
}
