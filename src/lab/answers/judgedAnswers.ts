// Answers from a file as cases for a language model that judges steps, and its critiques put into a batch. Steps do not depend on
// how an answer is cut into tokens, so critiques stay when the tokens change.

import type { RolloutAnswer, RolloutProblem } from '../../formats/rollouts/rollout';
import { solutionSteps } from '../../tasks/gsm8k/solutionSteps';
import type { Critique, JudgeCase } from '../judging';
import type { JudgeRecord, SaidRecord } from '../record';
import { rightAnswerOf, type AnswersBatch } from './answersBatch';

/** Who judged; one judge for all that is kept of a file. */
export type Judge = Omit<JudgeRecord, 'said_Nk'>;

/** Of the answers to one problem, in order. */
export interface Judgement {
  readonly critiques_Nk: readonly (readonly (readonly number[] | null)[])[];
  readonly said_Nk: readonly (readonly SaidRecord[])[];
}

export function judgeCasesOf(problem: RolloutProblem): JudgeCase[] {
  const reference = rightAnswerOf(problem);
  return problem.answers.map((answer) => ({ problem: problem.prompt, steps_K: stepTextsOf(answer), ...(reference !== '' && { reference }) }));
}

const stepTextsOf = ({ text, steps }: RolloutAnswer): readonly string[] => steps ?? solutionSteps(text).map(({ start, end }) => text.slice(start, end));

/** Critiques of the answers to several problems, one after the other, as a judgement of each. */
export function judgementsOf(problems: readonly RolloutProblem[], critiques_Nk: readonly (readonly Critique[])[], { said_Nk }: Pick<JudgeRecord, 'said_Nk'>): Judgement[] {
  let from = 0;
  return problems.map(({ answers: { length } }) => {
    const [start, end] = [from, (from += length)];
    return { critiques_Nk: critiques_Nk.slice(start, end).map((row) => row.map(({ flags }) => flags)), said_Nk: said_Nk.slice(start, end) };
  });
}

/** In place of the verdicts' stand-in for critiques. Answers to a problem that was not judged have no critiques. */
export function withJudgements(batch: AnswersBatch, judge: Judge, judgements_P: readonly (Judgement | undefined)[]): AnswersBatch {
  if (judgements_P.every((one) => one === undefined)) return batch;
  const all = batch.problems.map(({ answers }, p) => judgements_P[p] ?? { critiques_Nk: answers.map(() => []), said_Nk: answers.map(() => []) });
  return { ...batch, critique: { ...batch.critique, critiques_Nk: all.flatMap(({ critiques_Nk }) => critiques_Nk), judge: { ...judge, said_Nk: all.flatMap(({ said_Nk }) => said_Nk) } } };
}
