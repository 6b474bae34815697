// Answers back into a file: the rollouts format, one problem a line, with the channels of every credit program beside what was read.
// The reader of this folder reads it again, with what judges said; it does not take the credit over, which is worked out anew, nor
// what only trainers read.

import type { RowShape } from '../../lab/record';
import { writeJudges } from './judges';
import type { RolloutProblem, StepLabel } from './rollout';

export interface WrittenChannel {
  readonly label: string;
  readonly shape: RowShape;
  /** of each answer: one number a token, a step, or one; for problem and batch, the same number for all */
  readonly values: readonly (readonly number[])[];
}

/** What a trainer needs beside texts, where a policy of this page wrote the answers. */
export interface TrainerFields {
  readonly promptIds: readonly number[];
  /** of each answer, by token of its completion */
  readonly tokenIds: readonly (readonly number[])[];
  /** 1 where the token was in the loss */
  readonly completionMask: readonly (readonly number[])[];
  readonly advantages: readonly (readonly number[])[];
  /** at which they were sampled, and which their logprobs are of */
  readonly temperature: number;
}

export interface WrittenProblem {
  readonly problem: RolloutProblem;
  /** as the credit programs saw the answers; one list an answer */
  readonly tokens: readonly (readonly string[])[];
  readonly steps: readonly (readonly string[])[];
  readonly verdicts: readonly (readonly StepLabel[])[];
  /** method name -> id of the row -> its numbers; the last token-shaped row is the advantage */
  readonly credit: Readonly<Record<string, Readonly<Record<string, WrittenChannel>>>>;
  readonly trainer?: TrainerFields;
}

const LABELS: Readonly<Record<StepLabel, number | null>> = { right: 1, wrong: 0, unknown: null };

/** Without the line's end. */
export function writeRolloutLine({ problem, tokens, steps, verdicts, credit, trainer }: WrittenProblem): string {
  const { prompt, reference, answers, judged } = problem;
  const has = (name: 'source' | 'logprobs'): boolean => answers.some((answer) => answer[name] !== undefined);
  return JSON.stringify({
    prompt,
    ...(reference !== undefined && { reference }),
    completions: answers.map(({ text }) => text),
    rewards: answers.map(({ reward }) => reward),
    ...(has('source') && { sources: answers.map(({ source }) => source ?? null) }),
    tokens,
    ...(has('logprobs') && { logprobs: answers.map(({ logprobs }) => logprobs ?? null) }),
    ...(trainer !== undefined && {
      prompt_ids: trainer.promptIds,
      token_ids: trainer.tokenIds,
      completion_mask: trainer.completionMask,
      advantages: trainer.advantages.map((row) => row.map(rounded)),
      temperature: trainer.temperature,
    }),
    steps,
    step_labels: verdicts.map((row) => row.map((one) => LABELS[one])),
    ...(judged !== undefined && { judged_by: writeJudges(judged) }),
    credit: Object.fromEntries(Object.entries(credit).map(([method, channels]) => [method, Object.fromEntries(Object.entries(channels).map(([id, { label, shape, values }]) =>
      [id, { label, shape, values: values.map((row) => row.map(rounded)) }]))])),
  });
}

/** A float keeps the digits that it has. */
function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
