// What the page and the worker of real answers say to each other. Every message carries the number of the file it is about, so that a
// late reply about a file no longer open is recognised.

import type { BadLine, ProblemEntry, RolloutFile } from '../formats/rollouts/rolloutFile';
import type { AnswersBatch } from '../lab/answers/answersBatch';
import type { BrokenStepShare } from '../lab/answers/brokenStep';
import type { MethodsOfAnswers } from '../lab/answers/creditAnswers';
import type { RunConfiguration } from '../lab/configuration';
import type { ComingFiles, JudgeProgress, JudgeQuestion, ModelLoading, ModelSettings, Named } from '../lab/judging';
import type { CreditRecord } from '../lab/record';
import type { ModelFile } from './criticMessages';

/** A tokenizer that has to be opened. `allowed`: what a person agreed to fetch, as a judge's settings have it. */
export type ChosenTokenizer =
  | { readonly kind: 'shipped'; readonly name: string }
  /** tokenizer.json, and tokenizer_config.json where there is one */
  | { readonly kind: 'opened'; readonly files: readonly ModelFile[] }
  | { readonly kind: 'hub'; readonly model: string; readonly allowed?: ModelSettings['allowed'] };

/** `file`: its own tokens, words where it has none. All others cut every answer. */
export type TokenChoice = { readonly kind: 'file' } | { readonly kind: 'words' } | ChosenTokenizer;

export type AnswersRequest = { readonly file: number } & (
  | { readonly kind: 'open'; readonly blob: Blob }
  /** ends the reading, the scoring or the export */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'batch'; readonly batch: number }
  /** how answers are cut from now on; `cut` follows, or what a person has to be asked */
  | { readonly kind: 'cut'; readonly tokens: TokenChoice }
  /** a `credit` for each follows, unless another batch is asked for meanwhile */
  | { readonly kind: 'credit'; readonly batch: number; readonly methods: readonly string[] }
  /** every method that can run, or of these those that can, on every problem, against the steps known to be wrong; `scored` follows */
  | { readonly kind: 'score'; readonly methods?: readonly string[] }
  /** a language model reads the answers to these problems; `judged` follows, or `judgeStopped` with what to put to a person */
  | ({ readonly kind: 'judge'; readonly problems: readonly number[]; readonly named: Named; readonly files?: readonly ModelFile[] } & Pick<RunConfiguration, 'critic' | 'seed'>)
  /** whose critiques stand for the steps' from now on, by its place among the judges; null for none. `judged` follows */
  | { readonly kind: 'readJudge'; readonly judge: number | null }
  /** breaks off the critiques under way */
  | { readonly kind: 'cancelJudging' }
  /** every problem with every channel of every method that can run; `exported` follows */
  | { readonly kind: 'export' }
);

export interface AnswersSummary extends Pick<RolloutFile, 'answers' | 'badCount' | 'formats' | 'rewardColumns'> {
  readonly problems: readonly Pick<ProblemEntry, 'title' | 'answers' | 'rewarded'>[];
  /** problems [from, to) whose credit is worked out together, as of one update */
  readonly batches: readonly (readonly [number, number])[];
  readonly badLines: readonly BadLine[];
  /** names of the tokenizers that ship with the page */
  readonly shippedTokenizers: readonly string[];
}

/** Who has judged answers of the file, and whose critiques are read; null for nobody's. */
export interface JudgesOfFile {
  readonly read: number | null;
  readonly all: readonly {
    readonly model: string;
    readonly where: string;
    /** how many it has judged */
    readonly problems: number;
    /** places in the file of those of the batch that it has judged */
    readonly here: readonly number[];
  }[];
}

export type AnswersReply = { readonly file: number } & (
  | { readonly kind: 'reading'; readonly done: number; readonly total: number; readonly problems: number }
  | { readonly kind: 'opened'; readonly summary: AnswersSummary }
  | { readonly kind: 'batch'; readonly batch: number; readonly answers: AnswersBatch; readonly methods: MethodsOfAnswers; readonly judges: JudgesOfFile }
  | { readonly kind: 'credit'; readonly batch: number; readonly method: string; readonly credit: CreditRecord; readonly brokenStep: BrokenStepShare }
  | { readonly kind: 'scoring'; readonly done: number; readonly total: number }
  /** by method: over the batches that it can run on */
  | { readonly kind: 'scored'; readonly scores: readonly (readonly [method: string, share: BrokenStepShare])[] }
  | { readonly kind: 'cutting'; readonly loading: ModelLoading }
  | { readonly kind: 'cut'; readonly tokens: TokenChoice }
  /** answers are cut as before; `asks` is what to put to a person, who may then ask again */
  | { readonly kind: 'notCut'; readonly message: string; readonly asks?: ComingFiles }
  | { readonly kind: 'judging'; readonly progress: JudgeProgress }
  /** there are other critiques than before, and they go into batches from now on */
  | { readonly kind: 'judged' }
  | { readonly kind: 'judgeStopped'; readonly message: string; readonly asks?: JudgeQuestion }
  | { readonly kind: 'exporting'; readonly done: number; readonly total: number }
  | { readonly kind: 'exported'; readonly blob: Blob }
  | { readonly kind: 'cancelled' }
  /** a sentence for a person */
  | { readonly kind: 'failed'; readonly message: string }
);
