// Answers made elsewhere, as the readers of this folder give them: problems, each with its answers.

import type { Critique, JudgeDescription } from '../../critics/judge';

export type StepLabel = 'right' | 'wrong' | 'unknown';

export interface RolloutAnswer {
  readonly text: string;
  /** what the file says the answer is worth; null where it says nothing */
  readonly reward: number | null;
  /** who wrote it, where the file says so */
  readonly source?: string;
  /** texts of the tokens; put together they are the text, but for special tokens such as <eos> at the end */
  readonly tokens?: readonly string[];
  /** log-probabilities of the tokens when they were sampled, as many as tokens */
  readonly logprobs?: readonly number[];
  /** texts of the steps; put together they are the text */
  readonly steps?: readonly string[];
  readonly stepLabels?: readonly StepLabel[];
}

/** What one judge said of the answers to a problem. */
export interface JudgedBy {
  readonly judge: JudgeDescription;
  /** every critique of every answer */
  readonly critiques_Nk: readonly (readonly Critique[])[];
}

export interface RolloutProblem {
  readonly prompt: string;
  /** the right answer, perhaps as a worked solution */
  readonly reference?: string;
  readonly answers: readonly RolloutAnswer[];
  /** no judge twice */
  readonly judged?: readonly JudgedBy[];
}

export type RolloutFormat = 'rollouts' | 'gsm8k model solutions' | 'TRL completions' | 'TRL stepwise supervision' | 'verl';

/** One line of a file. Formats with an answer a line have a group: lines of the same group are answers to the same problem. */
export interface RolloutLine {
  readonly format: RolloutFormat;
  readonly problem: RolloutProblem;
  readonly group?: string;
  /** columns that were added up to the reward */
  readonly rewardColumns?: readonly string[];
}

/** What an answers file may hold at most; beyond it a line is refused with a sentence. */
export const LIMITS = { lineBytes: 16 * 2 ** 20, answers: 1024, tokens: 32_768, characters: 400_000, judges: 16, critiques: 64 } as const;
