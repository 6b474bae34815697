// Recordings that lessons are played on (public/runs/lesson-*.json), as JSON text, format 'creditscope-lesson/1': several run files
// (runFile.ts) under their names. A run has its lines of every update and records of a few; what its answers came to is kept of every
// update and of every seed. Runs of a file that `sharesAnswers` have the same answers in their first record, so that one answer can be
// seen under each method.

import { count, flag, list, number, oneOf, orNull, record, roundedNumber, text, type Codec } from './codec';
import { FormatError } from './formatError';
import { parsePacked } from './parsePacked';
import { readRunFile, writeRunFile, type RunFile } from './runFile';

export const LESSON_FORMAT = 'creditscope-lesson/1';

/** What the answers of one update came to. */
export interface AnswerSummary {
  readonly update: number;
  /** share of the sampled answers that are right */
  readonly reward: number;
  /** on held-out problems; null between tests */
  readonly accuracy: number | null;
  /** an answer, on average */
  readonly steps: number;
  readonly tokens: number;
  /** share of the steps that the exact checker calls right */
  readonly rightSteps: number;
}

export interface SeedSummary {
  readonly seed: number;
  readonly startAccuracy: number;
  readonly updates: readonly AnswerSummary[];
}

export interface LessonRun {
  readonly name: string;
  readonly run: RunFile;
  /** the run's own seed first */
  readonly seeds: readonly SeedSummary[];
}

export interface RecordedLesson {
  readonly format: typeof LESSON_FORMAT;
  /** what made it */
  readonly command: string;
  readonly sharesAnswers: boolean;
  readonly runs: readonly LessonRun[];
}

/** A whole run file as one text, so that its own reader checks and migrates it. */
const runText: Codec<RunFile> = {
  write: writeRunFile,
  read: (json, where) => {
    try {
      return readRunFile(text.read(json, where));
    } catch (error) {
      throw error instanceof FormatError ? new FormatError(where, error.message) : error;
    }
  },
};

const codec: Codec<RecordedLesson> = record<RecordedLesson>({
  format: oneOf(LESSON_FORMAT),
  command: text,
  sharesAnswers: flag,
  runs: list(record<LessonRun>({
    name: text,
    run: runText,
    seeds: list(record<SeedSummary>({
      seed: number,
      startAccuracy: roundedNumber,
      updates: list(record<AnswerSummary>({ update: count, reward: roundedNumber, accuracy: orNull(roundedNumber), steps: roundedNumber, tokens: roundedNumber, rightSteps: roundedNumber })),
    })),
  })),
});

export function writeLessonFile(lesson: RecordedLesson): string {
  return `${JSON.stringify(codec.write(lesson))}\n`;
}

/** Throws a FormatError that names the field and what is wrong with it. */
export function readLessonFile(json: string): RecordedLesson {
  const lesson = codec.read(parsePacked(json, 'lesson'), 'lesson');
  const { runs } = lesson;
  if (runs.length === 0 || new Set(runs.map(({ name }) => name)).size !== runs.length) throw new FormatError('lesson.runs', 'must be one or more runs, each with a name of its own');
  runs.forEach(({ run, seeds }, i) => {
    const where = `lesson.runs[${i}]`;
    if (run.updates.length === 0) throw new FormatError(`${where}.run.updates`, 'must hold an update');
    if (seeds[0]?.seed !== run.header.configuration.seed) throw new FormatError(`${where}.seeds`, `must begin with the run’s own seed, ${run.header.configuration.seed}`);
    if (lesson.sharesAnswers && !hasSameAnswers(run, runs[0]!.run)) throw new FormatError(`${where}.run.updates[0]`, `has other answers than ${runs[0]!.name}`);
  });
  return lesson;
}

function hasSameAnswers(one: RunFile, other: RunFile): boolean {
  const [a, b] = [one.updates[0]!.sample, other.updates[0]!.sample];
  return a.width === b.width && [a.tokens_NT, a.problem_N, a.lengths_N].every((values, i) => {
    const others = [b.tokens_NT, b.problem_N, b.lengths_N][i]!;
    return values.length === others.length && values.every((value, k) => value === others[k]);
  }) && a.problems_P.every(({ prompt }, p) => prompt === b.problems_P[p]?.prompt);
}
