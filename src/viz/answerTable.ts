// Every answer of an update as one line of a table: what was asked, what was written, what it scored and in which parts, how much
// credit it got in all, and what is to be noticed about it. Sorting and filtering give back the same lines in another order.

import { ascending, quantileSorted } from 'd3';
import type { CreditRow } from '../lab/record';
import type { PartialUpdate } from './channel';
import { chipText } from './chipLayout';
import { geometryOf, valueAt } from './creditGeometry';
import { votesOn } from './critiqueSummary';

export interface AnswerLine {
  /** in the batch */
  readonly answer: number;
  readonly problem: number;
  /** in the group, which is the number that people see */
  readonly row: number;
  readonly prompt: string;
  /** without the stop token; a new line and a space as chips show them */
  readonly text: string;
  /** as written, for the search */
  readonly raw: string;
  /** NaN until it is scored */
  readonly reward: number;
  /** of each part of `partsOf` */
  readonly parts: readonly number[];
  /** share of all votes on its steps that call them wrong; NaN where nobody judged */
  readonly critique: number;
  readonly stepsJudgedWrong: number;
  readonly advantageSum: number;
  readonly advantageLeast: number;
  readonly length: number;
  readonly tokensClipped: number;
  readonly isWrong: boolean;
  readonly isCutOff: boolean;
}

export interface AnswerColumn {
  readonly id: string;
  readonly label: string;
  /** one sentence: what stands in it */
  readonly meaning: string;
  readonly isNumber: boolean;
  read(line: AnswerLine): number | string;
}

/** Lines of the credit program with one number an answer: the parts that its reward is made of. The verifier's own score has a column already. */
export function partsOf({ credit, score }: PartialUpdate): readonly CreditRow[] {
  return (credit?.rows ?? []).filter(({ shape, values }) => shape === 'answer' && !values.every((value, answer) => value === score?.outcome_N[answer]));
}

export function answerLines(update: PartialUpdate, alphabet: readonly string[]): readonly AnswerLine[] {
  const { sample, score, credit, gradient } = update;
  const parts = partsOf(update);
  const geometry = geometryOf(update);
  const seen = new Map<number, number>();
  return Array.from({ length: sample.answers }, (_, answer): AnswerLine => {
    const problem = sample.problem_N[answer]!;
    const row = seen.get(problem) ?? 0;
    seen.set(problem, row + 1);
    const length = sample.lengths_N[answer]!;
    const first = answer * sample.width;
    const tokens = Array.from(sample.tokens_NT.subarray(first, first + length), (id) => alphabet[id] ?? `<${id}>`);
    const written = sample.finished_N[answer] === 1 ? tokens.slice(0, -1) : tokens;
    const advantages = credit?.advantages_NT.subarray(first, first + length);
    return {
      answer, problem, row, length,
      prompt: sample.problems_P[problem]!.prompt,
      text: written.map((token) => chipText(token).text).join(''),
      raw: written.join(''),
      reward: score?.outcome_N[answer] ?? Number.NaN,
      parts: parts.map((part) => valueAt(part, geometry, { answer, token: 0 })),
      ...critiqueOf(update, answer),
      advantageSum: advantages?.reduce((sum, one) => sum + one, 0) ?? Number.NaN,
      advantageLeast: advantages === undefined ? Number.NaN : length === 0 ? 0 : Math.min(...advantages),
      tokensClipped: gradient?.isClipped_NT.subarray(first, first + length).reduce((sum, one) => sum + one, 0) ?? 0,
      isWrong: score !== undefined && score.outcome_N[answer]! <= 0,
      isCutOff: sample.finished_N[answer] === 0,
    };
  });
}

function critiqueOf({ critique }: PartialUpdate, answer: number): Pick<AnswerLine, 'critique' | 'stepsJudgedWrong'> {
  const votes = (critique?.steps_NK[answer] ?? []).map((_, step) => votesOn(critique?.critiques_Nk[answer] ?? [], step));
  const valid = votes.reduce((sum, one) => sum + one.valid, 0);
  return { critique: valid === 0 ? Number.NaN : votes.reduce((sum, { flags }) => sum + flags, 0) / valid, stepsJudgedWrong: votes.filter((one) => one.flags * 2 > one.valid).length };
}

/** What is to be noticed, in words. */
export function flagsOf({ isWrong, isCutOff, tokensClipped, stepsJudgedWrong }: AnswerLine): readonly string[] {
  return [
    ...(isWrong ? ['wrong'] : []),
    ...(stepsJudgedWrong > 0 ? [`${stepsJudgedWrong} judged wrong`] : []),
    ...(tokensClipped > 0 ? [`${tokensClipped} clipped`] : []),
    ...(isCutOff ? ['cut off'] : []),
  ];
}

/** What answers are found by comes first: a table narrower than all its columns shows it without scrolling. */
export function answerColumns(update: PartialUpdate): readonly AnswerColumn[] {
  const isJudged = update.critique?.critiques_Nk.some((critiques) => critiques.length > 0) === true;
  return [
    { id: 'problem', label: 'Problem', meaning: 'Number and text of the problem.', isNumber: false, read: ({ problem }) => problem },
    { id: 'row', label: 'Answer', meaning: 'Number of the answer among those to its problem.', isNumber: true, read: ({ row }) => row },
    { id: 'text', label: 'Completion', meaning: 'What the policy wrote.', isNumber: false, read: ({ text }) => text },
    { id: 'flags', label: 'Flags', meaning: 'Wrong, steps that more than half of the critiques call wrong, clipped tokens, cut off before the end.', isNumber: false, read: (line) => flagsOf(line).length },
    { id: 'reward', label: 'Reward', meaning: 'The verifier’s score of the whole answer.', isNumber: true, read: ({ reward }) => reward },
    { id: 'advantageSum', label: 'Credit, sum', meaning: 'Advantages of all its tokens added up.', isNumber: true, read: ({ advantageSum }) => advantageSum },
    { id: 'advantageLeast', label: 'Least', meaning: 'The lowest advantage among its tokens.', isNumber: true, read: ({ advantageLeast }) => advantageLeast },
    { id: 'length', label: 'Tokens', meaning: 'Its length in tokens, the stop token included.', isNumber: true, read: ({ length }) => length },
    ...(isJudged ? [{ id: 'critique', label: 'Flagged', meaning: 'Share of all votes on its steps that call them wrong.', isNumber: true, read: ({ critique }: AnswerLine) => critique }] : []),
    ...partsOf(update).map(({ id, label, formula }, part): AnswerColumn => ({ id: `part:${id}`, label, meaning: formula.replaceAll(/[{}]/g, ''), isNumber: true, read: ({ parts }) => parts[part] ?? Number.NaN })),
  ];
}

export const ANSWER_FILTERS = {
  all: 'all answers', wrong: 'wrong', judgedWrong: 'with a step judged wrong', clipped: 'with clipped tokens', cutOff: 'cut off', longest: 'the longest tenth',
} as const;
export type AnswerFilter = keyof typeof ANSWER_FILTERS;

/** `search`: in problem and completion, as written or as shown, in any case. The longest tenth has all answers as long as its shortest. */
export function filterAnswers(lines: readonly AnswerLine[], filter: AnswerFilter, search: string): readonly AnswerLine[] {
  const wanted = search.trim().toLowerCase();
  const long = filter === 'longest' ? quantileSorted(lines.map(({ length }) => length).sort((a, b) => a - b), 0.9) ?? 0 : 0;
  const passes = (line: AnswerLine): boolean => {
    switch (filter) {
      case 'all': return true;
      case 'wrong': return line.isWrong;
      case 'judgedWrong': return line.stepsJudgedWrong > 0;
      case 'clipped': return line.tokensClipped > 0;
      case 'cutOff': return line.isCutOff;
      case 'longest': return line.length >= long;
      default: return filter satisfies never;
    }
  };
  return lines.filter((line) => passes(line) && (wanted === '' || [line.prompt, line.raw, line.text].some((text) => text.toLowerCase().includes(wanted))));
}

export interface AnswerOrder { readonly column: string; readonly direction: 'ascending' | 'descending' }

/** Where two are equal the order of the batch decides; what is no number comes last in either direction. */
export function sortAnswers(lines: readonly AnswerLine[], columns: readonly AnswerColumn[], { column, direction }: AnswerOrder): readonly AnswerLine[] {
  const wanted = columns.find(({ id }) => id === column);
  if (wanted === undefined) return lines;
  const sign = direction === 'ascending' ? 1 : -1;
  return lines.toSorted((a, b) => {
    const [x, y] = [wanted.read(a), wanted.read(b)];
    const [noX, noY] = [Number.isNaN(x), Number.isNaN(y)];
    if (noX || noY) return Number(noX) - Number(noY) || a.answer - b.answer;
    return sign * ascending(x, y) || a.answer - b.answer;
  });
}
