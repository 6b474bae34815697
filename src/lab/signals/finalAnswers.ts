// What a text's own final answer says about its steps.

import { answerSteps } from '../answerSteps';
import { tokensOf } from '../rows';
import { decode } from '../tokens';
import type { SignalProvider } from './provider';

/** A step agrees with the answer that the text gives where the checker would call that answer in reach after it. */
export const answerMatch: SignalProvider = {
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
export const necessaryEnd: SignalProvider = {
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
