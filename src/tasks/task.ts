// What a task is. One file a task: problem generator, alphabet, verifier, step checker, exact solution.
// The step checker is exact: for each step it says whether the step is right in itself and whether the state it
// leaves can still reach the right answer.

import type { RandomStream } from '../random/threefry';

export interface Problem {
  /** what the policy is shown, in the task's alphabet, ending where the answer begins */
  readonly prompt: string;
  /** the right final answer */
  readonly answer: string;
}

/** A step of an answer: characters [start, end) of the answer's text, its delimiter included. */
export interface StepSpan { readonly start: number; readonly end: number }

export interface StepVerdict {
  /** the step is right in itself, given what it was handed */
  readonly isCorrect: boolean;
  /** the right final answer can still be reached after this step */
  readonly canReachAnswer: boolean;
}

/** What else some credit methods ask about a step. */
export interface StepFacts {
  /** a name for the state before the step: answers to one problem that are in the same state have the same name for it */
  readonly stateBefore: string;
  /** fewest further steps to a right answer, each correct in itself; where none leads there, as after the last step that had one */
  readonly stepsLeft: number;
  /** binary checks of the step, as many as the task's stepChecks */
  readonly checks: readonly (0 | 1)[];
}

/** A token of an answer at which the problem branches. */
export interface BranchPoint {
  /** offset in the answer */
  readonly token: number;
  /** the one right character; every other is wrong */
  readonly right: string;
  /** exact probability of outcome 1 with the right token here, and with a wrong one, if all that follows is done right */
  readonly valueRight: number;
  readonly valueWrong: number;
}

/** What a step does, as a call of a tool: `{ name: '+', args: { left: '7', right: '5' } }`. */
export interface StepCall {
  readonly name: string;
  readonly args: Readonly<Record<string, string>>;
}

export type Split = 'train' | 'validation' | 'test';

export interface Option {
  readonly name: string;
  readonly label: string;
  readonly default: number | string;
  /** bounds for numbers */
  readonly minimum?: number;
  readonly maximum?: number;
  /** numbers without a fraction only */
  readonly isInteger?: boolean;
  /** the allowed values for strings */
  readonly choices?: readonly string[];
  /** what a free string must match, as a regular expression, and that in words */
  readonly pattern?: { readonly source: string; readonly says: string };
}
export type OptionValues = Readonly<Record<string, number | string>>;

export interface Task {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** what makes a step right, in a sentence or two for a judge that sees only problem and steps */
  readonly rules: string;
  readonly options: OptionValues;
  /** one token a character; id 0 is padding, id 1 is the stop token, characters follow from 2 */
  readonly alphabet: readonly string[];
  readonly stepDelimiter: string;
  readonly maximumPromptLength: number;
  /** tokens of the longest right answer, stop token included, plus room for a few more */
  readonly maximumAnswerLength: number;
  problem(split: Split, random: RandomStream): Problem;
  /** outcome 0 or 1 */
  verify(problem: Problem, answer: string): 0 | 1;
  steps(answer: string): StepSpan[];
  check(problem: Problem, answer: string): StepVerdict[];
  /** the worked solution, as an answer text; corrupt() lets each step be wrong with this probability, consistently carried on */
  solution(problem: Problem): string;
  corruptedSolution(problem: Problem, stepErrorProbability: number, random: RandomStream): string;
  /** one entry a step of steps(), in order */
  describe?(problem: Problem, answer: string): StepFacts[];
  /** names of the checks in StepFacts */
  readonly stepChecks?: readonly string[];
  /** the final answer that a text gives, right or wrong; undefined where it gives none. Absent: answers have no such part */
  finalAnswer?(answer: string): string | undefined;
  /** the right final answer as it would stand at the end of an answer's text */
  referenceEnding?(problem: Problem): string;
  /** what makes a policy give its final answer, at the beginning of a line */
  readonly answerCue?: string;
  /** what each step of steps() calls; nothing where it is no call */
  calls?(answer: string): StepCall[][];
  /** offsets of the tokens that say what is to be done, as against doing it; only for tasks that can tell */
  plans?(problem: Problem, answer: string): number[];
  /** no continuation of this beginning of an answer has outcome 1; absent: the task cannot tell */
  isHopeless?(problem: Problem, beginning: string): boolean;
  /** token offsets in this answer where the problem branches; only for tasks that mark them */
  branches?(problem: Problem, answer: string): number[];
  /** the same places with what is at stake there */
  branchPoints?(problem: Problem, answer: string): BranchPoint[];
}

export interface TaskFamily {
  readonly name: string;
  readonly title: string;
  readonly options: readonly Option[];
  /** throws RangeError naming the option when a value is out of bounds or unknown */
  create(options?: OptionValues): Task;
}

export const PADDING_TOKEN = 0;
export const STOP_TOKEN = 1;
export const FIRST_CHARACTER_TOKEN = 2;
