// Where the names in a lesson's step point: which run, update, problem, answer and token of the recording. Everything is looked for in
// the records, so a recording that is made anew moves the lesson with it.

import type { RecordedComparison } from '../formats/comparisonFile';
import type { SeedSummary } from '../formats/lessonFile';
import type { AnswerName, LessonPatch, ProblemName, TokenName } from '../lessons/lesson';
import { lowestToken } from '../viz/creditScaling';
import { votesOn } from '../viz/critiqueSummary';
import { answersOf } from '../viz/phaseSentence';
import { valueBefore, valueRow } from '../viz/valueLine';
import type { PartialUpdateRecord } from '../workers/protocol';
import { openingProblem, placeOfUpdate, type LiveRun } from './runStore';

/** What a lesson is played on. */
export interface LessonMaterial {
  readonly runs: ReadonlyMap<string, LiveRun>;
  /** of each run, its own seed first */
  readonly seeds: ReadonlyMap<string, readonly SeedSummary[]>;
  readonly comparison: RecordedComparison | null;
}

export interface LessonScene {
  readonly material: LessonMaterial;
  readonly run: LiveRun;
  /** index into the run's updates, or one past them for one that is not finished */
  readonly position: number;
  readonly update: PartialUpdateRecord;
  readonly problem: number;
  /** answers to it, as indices into the batch */
  readonly group: readonly number[];
  /** the answer spoken of, in the batch */
  readonly answer: number;
  /** the same in the group */
  readonly row: number;
  /** null where the step speaks of none */
  readonly token: number | null;
}

/** Undefined where the recording has no such run. */
export function sceneOf(material: LessonMaterial, patch: LessonPatch): LessonScene | undefined {
  const run = patch.run === undefined ? undefined : material.runs.get(patch.run);
  if (run === undefined) return undefined;
  const position = positionOf(run, patch.update ?? 'first');
  const update = run.updates[position] ?? run.pending?.record;
  if (update === undefined) return undefined;
  const problem = findProblem(patch.problem ?? 'story', update, material);
  const group = answersOf(update, problem);
  const answer = findAnswer(patch.answer ?? 'brokenOnce', update, group, material);
  const token = patch.token === undefined || patch.token === 'none' ? null : findToken(patch.token, update, run, answer, material);
  return { material, run, position, update, problem, group, answer, row: group.indexOf(answer), token };
}

function positionOf(run: LiveRun, update: 'first' | 'last' | number): number {
  if (update === 'first') return 0;
  return update === 'last' ? Math.max(0, run.updates.length - 1) : placeOfUpdate(run, update);
}

/** Those whose answers were looked at again after the update, where some were. */
function watchedProblems(update: PartialUpdateRecord): number[] {
  const watched = update.after?.watchedAnswers;
  const problems = update.sample.problems_P.map((_, problem) => problem);
  const seen = problems.filter((problem) => watched === undefined || answersOf(update, problem).every((answer) => answer < watched));
  return seen.length > 0 ? seen : problems;
}

export const isRight = ({ score }: PartialUpdateRecord, answer: number): boolean => (score?.outcome_N[answer] ?? 0) > 0;
const rightOf = (update: PartialUpdateRecord, problem: number): number => answersOf(update, problem).filter((answer) => isRight(update, answer)).length;
const isMixed = (update: PartialUpdateRecord, problem: number): boolean => rightOf(update, problem) > 0 && rightOf(update, problem) < answersOf(update, problem).length;

/** Steps that the exact checker calls wrong. */
export function wrongSteps({ critique }: PartialUpdateRecord, answer: number): number[] {
  return (critique?.isCorrect_NK[answer] ?? []).flatMap((isCorrect, step) => (isCorrect ? [] : [step]));
}

/** Wrong by one step, and carried on from there. */
export function isBrokenOnce(update: PartialUpdateRecord, answer: number): boolean {
  return !isRight(update, answer) && wrongSteps(update, answer).length === 1;
}

function leastBy(candidates: readonly number[], size: (one: number) => number): number | undefined {
  return candidates.reduce<number | undefined>((least, one) => (least === undefined || size(one) < size(least) ? one : least), undefined);
}

function findProblem(name: ProblemName, update: PartialUpdateRecord, material: LessonMaterial): number {
  const watched = watchedProblems(update);
  const all = update.sample.problems_P.map((_, problem) => problem);
  const fallback = 'line' in update && update.score !== undefined ? openingProblem(update as Parameters<typeof openingProblem>[0]) : 0;
  switch (name) {
    case 'first': return 0;
    // a broken answer with lines before and after its mistake, in a group that is about half right
    case 'story': return leastBy(
      watched.filter((problem) => answersOf(update, problem).some((answer) => isBrokenInside(update, answer))),
      (problem) => Math.abs(rightOf(update, problem) - answersOf(update, problem).length / 2),
    ) ?? fallback;
    // fewer right than wrong, so that one less the mean is not the mean
    case 'uneven': return leastBy(watched.filter((problem) => isMixed(update, problem) && 2 * rightOf(update, problem) < answersOf(update, problem).length), (problem) => -rightOf(update, problem)) ?? fallback;
    case 'easiest': return leastBy(all.filter((problem) => isMixed(update, problem)), (problem) => -rightOf(update, problem)) ?? fallback;
    case 'hardest': return leastBy(all.filter((problem) => isMixed(update, problem)), (problem) => rightOf(update, problem)) ?? fallback;
    case 'allSame': return leastBy(all.filter((problem) => !isMixed(update, problem)), (problem) => -rightOf(update, problem)) ?? fallback;
    case 'doubted': return all.find((problem) => answersOf(update, problem).some((answer) => doubtedStep(update, answer) !== undefined)) ?? fallback;
    case 'surprise': {
      const answers = watched.flatMap((problem) => answersOf(update, problem)).filter((answer) => isBrokenInside(update, answer));
      const deepest = leastBy(answers, (answer) => deepestDrop(update, answer)?.drop ?? 0);
      return deepest === undefined ? fallback : update.sample.problem_N[deepest]!;
    }
    case 'compared': {
      const deepest = leastBy(wrongAnswers(update), (answer) => lowestTruth(material, answer));
      return deepest === undefined ? fallback : update.sample.problem_N[deepest]!;
    }
    default: return name satisfies never;
  }
}

const wrongAnswers = (update: PartialUpdateRecord): number[] => [...update.sample.lengths_N.keys()].filter((answer) => !isRight(update, answer));

function isBrokenInside(update: PartialUpdateRecord, answer: number): boolean {
  const [step] = wrongSteps(update, answer);
  return isBrokenOnce(update, answer) && step! > 0 && step! < (update.critique?.steps_NK[answer]?.length ?? 0) - 1;
}

function findAnswer(name: AnswerName, update: PartialUpdateRecord, group: readonly number[], material: LessonMaterial): number {
  const wrong = group.filter((answer) => !isRight(update, answer));
  const fallback = wrong[0] ?? group[0] ?? 0;
  switch (name) {
    case 'brokenOnce': return group.find((answer) => isBrokenInside(update, answer)) ?? group.find((answer) => isBrokenOnce(update, answer)) ?? fallback;
    case 'firstRight': return group.find((answer) => isRight(update, answer)) ?? fallback;
    case 'doubted': return group.find((answer) => doubtedStep(update, answer) !== undefined) ?? fallback;
    case 'deepestDrop': return leastBy(group.filter((answer) => isBrokenInside(update, answer)), (answer) => deepestDrop(update, answer)?.drop ?? 0) ?? fallback;
    case 'compared': return leastBy(wrong, (answer) => lowestTruth(material, answer)) ?? fallback;
    case 'first': return group[0] ?? 0;
    default: return name satisfies never;
  }
}

export function findToken(name: TokenName, update: PartialUpdateRecord, run: LiveRun, answer: number, material: LessonMaterial): number {
  const inStep = (step: number | undefined): number => (step === undefined ? 0 : lastWritten(update, run, answer, step));
  switch (name) {
    case 'breaker': return inStep(wrongSteps(update, answer)[0]);
    case 'deepestDrop': return deepestDrop(update, answer)?.token ?? 0;
    case 'lowestTruth': return material.comparison === null ? 0 : lowestToken(material.comparison.comparison.truth.advantages_NT, answer, update.sample);
    case 'flagged': return inStep(mostFlaggedStep(update, answer));
    case 'doubted': return inStep(doubtedStep(update, answer));
    default: return name satisfies never;
  }
}

/** Of a step, its result: the last token that is neither a line's end nor a tag. */
function lastWritten(update: PartialUpdateRecord, { names }: LiveRun, answer: number, step: number): number {
  const [start, end] = update.critique?.steps_NK[answer]?.[step] ?? [0, 1];
  for (let token = end - 1; token > start; token--) {
    const text = names.alphabet[update.sample.tokens_NT[answer * update.sample.width + token]!] ?? '';
    if (text.trim() !== '' && !/^<.+>$/u.test(text)) return token;
  }
  return start;
}

/** The fall of the value model's guess over one token; undefined without a value model. */
export function deepestDrop(update: PartialUpdateRecord, answer: number): { readonly token: number; readonly drop: number } | undefined {
  const row = valueRow(update);
  if (row === undefined) return undefined;
  const drops = Array.from({ length: Math.max(0, update.sample.lengths_N[answer]! - 1) }, (_, token) => valueBefore(update, row, answer, token + 1) - valueBefore(update, row, answer, token));
  const token = leastBy([...drops.keys()], (one) => drops[one]!);
  return token === undefined ? undefined : { token, drop: drops[token]! };
}

export function votesOf({ critique }: PartialUpdateRecord, answer: number): { readonly flags: number; readonly valid: number }[] {
  return (critique?.steps_NK[answer] ?? []).map((_, step) => votesOn(critique?.critiques_Nk[answer] ?? [], step));
}

function mostFlaggedStep(update: PartialUpdateRecord, answer: number): number | undefined {
  const votes = votesOf(update, answer);
  return leastBy([...votes.keys()], (step) => -votes[step]!.flags);
}

/** A right step before the last that some, but not most, critiques call wrong. */
function doubtedStep(update: PartialUpdateRecord, answer: number): number | undefined {
  const lines = (update.critique?.steps_NK[answer]?.length ?? 0) - 1;
  const step = votesOf(update, answer).findIndex(({ flags, valid }, index) => index < lines && flags > 0 && flags <= valid / 2 && update.critique?.isCorrect_NK[answer]?.[index] === true);
  return step < 0 ? undefined : step;
}

function lowestTruth({ comparison }: LessonMaterial, answer: number): number {
  if (comparison === null) return 0;
  const { truth, sample } = comparison.comparison;
  return truth.advantages_NT[answer * sample.width + lowestToken(truth.advantages_NT, answer, sample)]!;
}
