// What a person may change of an update to see what follows from it. Answers and steps are counted in the batch, from 0.

import type { CritiqueRecord, RowShape, SampleRecord, ScoreRecord } from '../record';

export type Edit =
  /** the verifier's verdict on an answer */
  | { readonly kind: 'outcome'; readonly answer: number; readonly value: number }
  /** one critique's verdict on a step */
  | { readonly kind: 'flag'; readonly answer: number; readonly critique: number; readonly step: number; readonly isFlagged: boolean }
  /** the number that a line of the credit program has for a token: of the token, its step, its answer or its problem, as the line has them */
  | { readonly kind: 'number'; readonly row: string; readonly answer: number; readonly token: number; readonly value: number };

export interface EditedRecords { readonly score: ScoreRecord; readonly critique: CritiqueRecord }

/** The records with the verdicts changed. Throws a RangeError where an edit names what the update does not have. */
export function editRecords(sample: SampleRecord, { score, critique }: EditedRecords, edits: readonly Edit[]): EditedRecords {
  const outcome_N = score.outcome_N.slice();
  const critiques_Nk = critique.critiques_Nk.map((row) => [...row]);
  for (const edit of edits) {
    demand(inRange(edit.answer, sample.answers), edit);
    if (edit.kind === 'outcome') {
      demand(Number.isFinite(edit.value), edit);
      outcome_N[edit.answer] = edit.value;
    } else if (edit.kind === 'flag') {
      const flags = critiques_Nk[edit.answer]![edit.critique];
      // a critique that could not be read has no verdict to change
      demand(Array.isArray(flags) && inRange(edit.step, critique.steps_NK[edit.answer]!.length), edit);
      const others = flags!.filter((step) => step !== edit.step);
      critiques_Nk[edit.answer]![edit.critique] = edit.isFlagged ? [...others, edit.step].sort((a, b) => a - b) : others;
    } else demand(Number.isFinite(edit.value) && inRange(edit.token, sample.lengths_N[edit.answer]!), edit);
  }
  return { score: { ...score, outcome_N }, critique: { ...critique, critiques_Nk } };
}

/** Where a line of this shape keeps the number of a token; -1 where it has none. `maximumSteps`: how many an answer has room for. */
export function placeInRow(shape: RowShape, { answer, token }: { readonly answer: number; readonly token: number }, sample: SampleRecord, { steps_NK }: CritiqueRecord, maximumSteps: number): number {
  switch (shape) {
    case 'token': return answer * sample.width + token;
    case 'answer': return answer;
    case 'problem': return sample.problem_N[answer]!;
    case 'scalar': return 0;
    case 'step': {
      const step = steps_NK[answer]!.findIndex(([start, end]) => token >= start && token < end);
      return step < 0 ? -1 : answer * maximumSteps + step;
    }
  }
}

const inRange = (index: number, count: number): boolean => Number.isInteger(index) && index >= 0 && index < count;

function demand(isPossible: boolean, edit: Edit): void {
  if (!isPossible) throw new RangeError(`This update has no ${edit.kind} to change at answer ${edit.answer + 1}.`);
}
