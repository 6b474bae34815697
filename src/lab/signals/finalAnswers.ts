// Steps held against an answer: the one that the text itself gives, the right one, and the calls of the reference solution.

import { turnRewards } from '../../credit/hostSignals/callMatching';
import { answerSteps } from '../answerSteps';
import { tokensOf } from '../rows';
import { decode } from '../tokens';
import type { RecordedProvider } from './provider';

/** A step agrees with the answer that the text gives where the checker would call that answer in reach after it. */
export const answerMatch: RecordedProvider = {
  makes: ['answerMatch'],
  refusal: ({ task }) => (task.finalAnswer === undefined ? `answers of task ${task.name} have no part that gives a final answer` : undefined),
  make: ({ task, sample, critique }) => ({
    values: {
      answerMatch: critique.steps_NK.map((spans, n) => {
        const problem = sample.problems_P[sample.problem_N[n]!]!;
        const own = task.finalAnswer!(decode(task.alphabet, tokensOf(sample, n)));
        if (own === undefined) return spans.map(() => 0);
        return answerSteps(task, { ...problem, answer: own }, tokensOf(sample, n)).verdicts_K.map(({ canReachAnswer }) => Number(canReachAnswer));
      }),
    },
  }),
};

/** Tokens after which the verifier would accept the answer, if it ended there; the batch's width where it never would. */
export const necessaryEnd: RecordedProvider = {
  makes: ['necessaryEnd'],
  make: ({ task, sample }) => ({
    values: {
      necessaryEnd: Float32Array.from({ length: sample.answers }, (_, n) => {
        const problem = sample.problems_P[sample.problem_N[n]!]!;
        const text = decode(task.alphabet, tokensOf(sample, n));
        for (let end = 0; end <= text.length; end++) if (task.verify(problem, text.slice(0, end)) === 1) return end;
        return sample.width;
      }),
    },
  }),
};

/** MatchTIR's reward of a step: its calls against those of the task's own solution; of a final answer: whether it is the right one. */
export const callMatches: RecordedProvider = {
  makes: ['matchReward'],
  refusal: ({ task }) => (task.calls === undefined ? `steps of task ${task.name} are no calls of an operation` : undefined),
  make: ({ task, sample, critique }) => ({
    values: {
      matchReward: critique.steps_NK.map((spans, n) => {
        const problem = sample.problems_P[sample.problem_N[n]!]!;
        const text = decode(task.alphabet, tokensOf(sample, n));
        const calls = task.calls!(text);
        const rewards = turnRewards(calls, task.calls!(task.solution(problem)).flat());
        const isRight = task.finalAnswer?.(text) === problem.answer ? 1 : 0;
        return spans.map((_, k) => (k === spans.length - 1 && (calls[k] ?? []).length === 0 ? isRight : rewards[k] ?? 0));
      }),
    },
  }),
};
