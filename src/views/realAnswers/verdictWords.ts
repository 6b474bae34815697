// What is known of a step, in words.

import type { AnswersBatch } from '../../lab/answers/answersBatch';
import type { Place } from '../../viz/creditGeometry';

export const VERDICT_SIGNS = { right: '✓', wrong: '✗', unknown: '' } as const;

const BY_ARITHMETIC = { right: 'The sums in this step hold.', wrong: 'A sum in this step does not hold.', unknown: 'This step has no sum that can be checked.' } as const;
const BY_FILE = { right: 'The file labels this step right.', wrong: 'The file labels this step wrong.', unknown: 'The file gives this step no label.' } as const;

export function verdictOf({ verdicts_NK, judged_N }: AnswersBatch, answer: number, step: number): string {
  return (judged_N[answer] === 'file' ? BY_FILE : BY_ARITHMETIC)[verdicts_NK[answer]?.[step] ?? 'unknown'];
}

export function verdictSentence(answers: AnswersBatch, { answer, token }: Place): string {
  const step = answers.critique.steps_NK[answer]!.findIndex(([start, end]) => token >= start && token < end);
  return step < 0 ? 'This token belongs to no step.' : `Step ${step + 1} of ${answers.critique.steps_NK[answer]!.length}. ${verdictOf(answers, answer, step)}`;
}

/** Who knows which steps are right. */
export function checkerOf({ judged_N }: AnswersBatch): string {
  const labelled = judged_N.filter((one) => one === 'file').length;
  const sums = 'the sums that can be checked (a step whose sums hold may be wrong all the same)';
  if (labelled === 0) return sums;
  return labelled === judged_N.length ? 'the file’s labels' : `the file’s labels and ${sums}`;
}
