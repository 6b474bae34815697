// What the page and the worker of real answers say to each other. Every message carries the number of the file it is about, so that a
// late reply about a file no longer open is recognised.

import type { BadLine, ProblemEntry, RolloutFile } from '../formats/rollouts/rolloutFile';
import type { AnswersBatch } from '../lab/answers/answersBatch';
import type { BrokenStepScore } from '../lab/answers/brokenStep';
import type { MethodsOfAnswers } from '../lab/answers/creditAnswers';
import type { CreditRecord } from '../lab/record';

export type AnswersRequest = { readonly file: number } & (
  | { readonly kind: 'open'; readonly blob: Blob }
  /** ends the reading, the scoring or the export */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'batch'; readonly batch: number }
  /** a `credit` for each follows, unless another batch is asked for meanwhile */
  | { readonly kind: 'credit'; readonly batch: number; readonly methods: readonly string[] }
  /** every method that can run, on every problem, against the steps known to be wrong; `scored` follows */
  | { readonly kind: 'score' }
  /** every problem with every channel of every method that can run; `exported` follows */
  | { readonly kind: 'export' }
);

export interface AnswersSummary extends Pick<RolloutFile, 'answers' | 'badCount' | 'formats' | 'rewardColumns'> {
  readonly problems: readonly Pick<ProblemEntry, 'title' | 'answers' | 'rewarded'>[];
  /** problems [from, to) whose credit is worked out together, as of one update */
  readonly batches: readonly (readonly [number, number])[];
  readonly badLines: readonly BadLine[];
}

export type AnswersReply = { readonly file: number } & (
  | { readonly kind: 'reading'; readonly done: number; readonly total: number; readonly problems: number }
  | { readonly kind: 'opened'; readonly summary: AnswersSummary }
  | { readonly kind: 'batch'; readonly batch: number; readonly answers: AnswersBatch; readonly methods: MethodsOfAnswers }
  | { readonly kind: 'credit'; readonly batch: number; readonly method: string; readonly credit: CreditRecord; readonly brokenStep: BrokenStepScore }
  | { readonly kind: 'scoring'; readonly done: number; readonly total: number }
  /** by method: over the batches that it can run on */
  | { readonly kind: 'scored'; readonly scores: readonly (readonly [method: string, score: BrokenStepScore])[] }
  | { readonly kind: 'exporting'; readonly done: number; readonly total: number }
  | { readonly kind: 'exported'; readonly blob: Blob }
  | { readonly kind: 'cancelled' }
  /** a sentence for a person */
  | { readonly kind: 'failed'; readonly message: string }
);
