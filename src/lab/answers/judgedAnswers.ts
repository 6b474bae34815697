// Answers from a file as cases for a language model that judges steps, and the critiques of one judge put into a batch. Steps do not
// depend on how an answer is cut into tokens, so critiques stay when the tokens change.

import { judgeKey } from '../../formats/rollouts/judges';
import type { JudgedBy, RolloutAnswer, RolloutProblem } from '../../formats/rollouts/rollout';
import { solutionSteps } from '../../tasks/gsm8k/solutionSteps';
import type { Critique, JudgeCase } from '../judging';
import { rightAnswerOf, type AnswersBatch } from './answersBatch';

/** Who judged. */
export type Judge = JudgedBy['judge'];

export function judgeCasesOf(problem: RolloutProblem): JudgeCase[] {
  const reference = rightAnswerOf(problem);
  return problem.answers.map((answer) => ({ problem: problem.prompt, steps_K: stepTextsOf(answer), ...(reference !== '' && { reference }) }));
}

const stepTextsOf = ({ text, steps }: RolloutAnswer): readonly string[] => steps ?? solutionSteps(text).map(({ start, end }) => text.slice(start, end));

/** A judge's critiques of the answers to several problems, one after the other, as what it said of each problem. */
export function judgedProblems(problems: readonly RolloutProblem[], judge: Judge, critiques_Nk: readonly (readonly Critique[])[]): JudgedBy[] {
  let from = 0;
  return problems.map(({ answers: { length } }) => ({ judge, critiques_Nk: critiques_Nk.slice(from, (from += length)) }));
}

/** What this judge says takes the place of what it said before; what others said stays. */
export function judgedAlso(problem: RolloutProblem, more: readonly JudgedBy[]): RolloutProblem {
  if (more.length === 0) return problem;
  const byJudge = new Map([...problem.judged ?? [], ...more].map((one) => [judgeKey(one.judge), one]));
  return { ...problem, judged: [...byJudge.values()] };
}

/** One judge's critiques in place of the verdicts' stand-in for critiques. Answers to a problem that it did not judge have none. */
export function readBy(batch: AnswersBatch, judge: Judge): AnswersBatch {
  const key = judgeKey(judge);
  const judged_P = batch.problems.map(({ judged }) => judged?.find((one) => judgeKey(one.judge) === key));
  if (judged_P.every((one) => one === undefined)) return batch;
  const critiques_Nk = batch.problems.flatMap(({ answers }, p) => judged_P[p]?.critiques_Nk ?? answers.map(() => []));
  const said_Nk = critiques_Nk.map((row) => row.map(({ text, verdict, outOfRange }) => ({ text, verdict, outOfRange })));
  return { ...batch, critique: { ...batch.critique, critiques_Nk: critiques_Nk.map((row) => row.map(({ flags }) => flags)), judge: { ...judge, said_Nk } } };
}
