// The step that broke an answer, as far as a checker of steps knows: the first wrong one of an answer that is not right. It is the step
// that src/lab/answers/brokenStep.ts scores methods by.

import type { BrokenStepShare } from '../lab/answers/brokenStep';
import type { CritiqueRecord, ScoreRecord } from '../lab/record';
import { formatPercent } from './format';

export interface WrongStep {
  /** of the answer's steps */
  readonly step: number;
  /** its tokens [start, end) */
  readonly start: number;
  readonly end: number;
}

interface Checked {
  readonly score: Pick<ScoreRecord, 'outcome_N'>;
  readonly critique: Pick<CritiqueRecord, 'steps_NK' | 'isCorrect_NK'>;
}

/** Undefined where no step is known to be wrong; steps without a token count for nothing. */
export function firstWrongStep({ steps_NK, isCorrect_NK }: Checked['critique'], answer: number): WrongStep | undefined {
  const steps = steps_NK[answer] ?? [];
  const step = steps.findIndex(([start, end], k) => isCorrect_NK[answer]?.[k] === false && end > start);
  return step < 0 ? undefined : { step, start: steps[step]![0], end: steps[step]![1] };
}

/** Undefined also of an answer that is right all the same. */
export function brokenStep({ score, critique }: Checked, answer: number): WrongStep | undefined {
  return score.outcome_N[answer]! > 0 ? undefined : firstWrongStep(critique, answer);
}

export interface BrokenStepRow {
  readonly name: string;
  readonly title: string;
  readonly share: BrokenStepShare;
}

/** Best first; equals as they were. */
export function sortedByShare<Row extends BrokenStepRow>(rows: readonly Row[]): Row[] {
  const worth = ({ share: { found, answers } }: Row): number => (answers === 0 ? -1 : found / answers);
  return rows.toSorted((a, b) => worth(b) - worth(a));
}

/** How often each method finds it, and a token picked blindly; undefined where there is nothing to find. */
export function brokenStepSentence(rows: readonly BrokenStepRow[]): string | undefined {
  const known = sortedByShare(rows).filter(({ share }) => share.answers > 0);
  if (known.length === 0) return undefined;
  const { chance, answers } = known[0]!.share;
  return `How often the lowest credit is on the first wrong step: ${known.map(({ title, share }) => `${title} ${formatPercent(share.found / share.answers)}`).join(', ')}; by chance ${formatPercent(chance / answers)}.`;
}
