// Of the verifier: the outcome, and whether the answer has the form asked for (it ended by itself and gives a final answer).

import { decode } from '../tokens';
import { tokensOf } from '../rows';
import type { RecordedProvider } from './provider';

export const outcomes: RecordedProvider = {
  makes: ['outcome', 'correct'],
  make: ({ score }) => ({ values: { outcome: score.outcome_N, correct: score.outcome_N } }),
};

export const form: RecordedProvider = {
  makes: ['formatOk'],
  make: ({ task, sample }) => ({
    values: {
      formatOk: Float32Array.from(sample.finished_N, (finished, n) => {
        const text = decode(task.alphabet, tokensOf(sample, n));
        return finished === 1 && (task.finalAnswer === undefined || task.finalAnswer(text) !== undefined) ? 1 : 0;
      }),
    },
  }),
};
