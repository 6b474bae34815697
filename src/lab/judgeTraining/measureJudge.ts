// How well a judge finds wrong steps: its critiques of answers that shipped policies wrote at temperature 1 to held-out problems,
// against the exact checker. A flagged step that is wrong is a hit; a missing critique flags nothing.

import type { Critique, Judge } from '../../critics/judge';
import type { Executor } from '../../gpu/executor';
import type { FileReader } from '../../formats/safetensorsIndex';
import { lessonOf, type Lesson } from './lessons';
import type { Task } from '../../tasks/task';
import { writtenAnswers } from './writtenAnswers';

/** Apart from the draws of any training, whose rounds count from 0. */
const HELD_OUT_ROUND = 1000;

/** What is to be judged, with what the checker says of it; answers without any step are left out. */
export async function heldOutLessons(executor: Executor, files: FileReader, task: Task, count: number, seed: number): Promise<Lesson[]> {
  const answers = await writtenAnswers(executor, files, task, 'test', count, seed, HELD_OUT_ROUND);
  return answers.map((answer) => lessonOf(task, answer)).filter(({ isCorrect_K }) => isCorrect_K.length > 0);
}

export interface JudgeScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly missing: number;
}

/** A strict majority of the critiques that could be read; null where none could. */
function votedFlags(critiques: readonly Critique[], steps: number): readonly number[] | null {
  const read = critiques.flatMap(({ flags }) => (flags === null ? [] : [flags]));
  if (read.length === 0) return null;
  return Array.from({ length: steps }, (_, k) => k).filter((k) => read.filter((flags) => flags.includes(k)).length > read.length / 2);
}

/** `flags_N`: null where a critique is missing. Where nothing is flagged nothing is flagged wrongly: precision 1; likewise recall. */
function scoreFlags(flags_N: readonly (readonly number[] | null)[], isCorrect_NK: readonly (readonly boolean[])[]): JudgeScore {
  let [hits, flagged, wrong, missing] = [0, 0, 0, 0];
  flags_N.forEach((flags, n) => {
    if (flags === null) missing++;
    isCorrect_NK[n]!.forEach((isCorrect, k) => {
      const isFlagged = flags?.includes(k) ?? false;
      if (isFlagged) flagged++;
      if (!isCorrect) wrong++;
      if (isFlagged && !isCorrect) hits++;
    });
  });
  return { precision: flagged === 0 ? 1 : hits / flagged, recall: wrong === 0 ? 1 : hits / wrong, f1: flagged + wrong === 0 ? 1 : (2 * hits) / (flagged + wrong), missing };
}

export interface JudgeScores {
  /** the first critique of each answer */
  readonly single: JudgeScore;
  /** the vote of all critiques of each answer */
  readonly voted: JudgeScore;
}

export async function measureJudge(judge: Judge, lessons: readonly Lesson[], critiques: number): Promise<JudgeScores> {
  const critiques_Nk = await judge.critique(lessons.map((one) => one.case), critiques);
  const isCorrect_NK = lessons.map((one) => one.isCorrect_K);
  return {
    single: scoreFlags(critiques_Nk.map((row) => row[0]!.flags), isCorrect_NK),
    voted: scoreFlags(critiques_Nk.map((row, n) => votedFlags(row, isCorrect_NK[n]!.length)), isCorrect_NK),
  };
}
