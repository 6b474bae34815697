// Phase 2: the verifier's outcomes, and old log-probabilities by the training forward under the sampling weights.
// Cached decoding rounds differently; its own log-probabilities are kept only for the largest gap.

import { keepsReference } from '../configuration';
import { refuseNonFinite, refuseNonFiniteNumbers } from '../nonFinite';
import type { SampleRecord, ScoreRecord, TopTokens } from '../record';
import { answerBatch, forEachToken, tokensOf } from '../rows';
import { decode } from '../tokens';
import type { RunContext } from './context';

export const TOP_TOKENS = 10;

export interface Scored {
  readonly record: ScoreRecord;
  /** of the watched answers, before the update */
  readonly topBefore?: TopTokens;
}

export async function score(context: RunContext, update: number, sample: SampleRecord): Promise<Scored> {
  const { configuration, task, model, watchedAnswers } = context;
  const { temperature } = configuration.sampling;
  const batch = answerBatch(task, sample);
  const { logprobs_NT, entropy_NT, ...searched } = await model.score(batch, temperature, 'policy');
  refuseNonFinite(searched, update);
  refuseNonFiniteNumbers('log-probabilities', logprobs_NT, update);
  const reference = keepsReference(configuration) ? (await model.score(batch, temperature, 'reference')).logprobs_NT : undefined;
  const topBefore = watchedAnswers === 0 ? undefined
    : await model.topTokens(answerBatch(task, sample, watchedRows(watchedAnswers, sample)), temperature, TOP_TOKENS);
  let samplerGap = 0;
  forEachToken(sample.lengths_N, sample.width, (i) => { samplerGap = Math.max(samplerGap, Math.abs(logprobs_NT[i]! - sample.samplerLogprobs_NT[i]!)); });
  return {
    record: {
      outcome_N: Float32Array.from({ length: sample.answers }, (_, n) => task.verify(sample.problems_P[sample.problem_N[n]!]!, decode(task.alphabet, tokensOf(sample, n)))),
      oldLogprobs_NT: logprobs_NT,
      entropy_NT,
      ...(reference !== undefined && { referenceLogprobs_NT: reference }),
      samplerGap,
    },
    ...(topBefore !== undefined && { topBefore: { count: topBefore.count, ids: topBefore.ids, probabilities: topBefore.probabilities } }),
  };
}

export function watchedRows(watchedAnswers: number, sample: SampleRecord): number[] {
  return Array.from({ length: Math.min(watchedAnswers, sample.answers) }, (_, n) => n);
}
