// A batch with the credit of its methods, ready to be written: every channel cut into answers.

import type { WrittenChannel, WrittenProblem } from '../../formats/rollouts/writeRollouts';
import type { CreditRecord, CreditRow } from '../record';
import type { AnswersBatch } from './answersBatch';

/** What of a batch is written. */
export type WrittenBatch = Pick<AnswersBatch, 'problems' | 'alphabet' | 'sample' | 'critique' | 'verdicts_NK'>;

export function writtenProblems(batch: WrittenBatch, credits: readonly CreditRecord[]): WrittenProblem[] {
  const { problems, sample, critique, verdicts_NK, alphabet } = batch;
  const tokens_N = Array.from(sample.lengths_N, (length, n) => Array.from(sample.tokens_NT.subarray(n * sample.width, n * sample.width + length), (id) => alphabet[id]!));
  return problems.map((problem, p) => {
    const group = Array.from(sample.problem_N.keys()).filter((n) => sample.problem_N[n] === p);
    return {
      problem,
      tokens: group.map((n) => tokens_N[n]!),
      steps: group.map((n, i) => stepTexts(problem.answers[i]!.text, tokens_N[n]!, critique.steps_NK[n]!)),
      verdicts: group.map((n) => verdicts_NK[n]!),
      credit: Object.fromEntries(credits.map(({ method, rows }) => [method, Object.fromEntries(rows.map((row) => [row.id, channelOf(row, group, batch)]))])),
    };
  });
}

/** Special tokens after the text are no part of the last step's text. */
function stepTexts(text: string, tokens: readonly string[], steps: readonly (readonly [number, number])[]): string[] {
  const starts = [0];
  for (const token of tokens) starts.push(starts.at(-1)! + token.length);
  return steps.map(([start, end]) => text.slice(starts[start], starts[end]));
}

function channelOf({ label, shape, values }: CreditRow, group: readonly number[], { sample, critique }: WrittenBatch): WrittenChannel {
  const stepStarts = critique.steps_NK.map((_, n) => critique.steps_NK.slice(0, n).reduce((sum, { length }) => sum + length, 0));
  const cut = (n: number): Float32Array => {
    switch (shape) {
      case 'token': return values.subarray(n * sample.width, n * sample.width + sample.lengths_N[n]!);
      case 'step': return values.subarray(stepStarts[n]!, stepStarts[n]! + critique.steps_NK[n]!.length);
      case 'answer': return values.subarray(n, n + 1);
      case 'problem': return values.subarray(sample.problem_N[n]!, sample.problem_N[n]! + 1);
      case 'scalar': return values.subarray(0, 1);
      default: return shape satisfies never;
    }
  };
  return { label, shape, values: group.map((n) => [...cut(n)]) };
}
