// Serves the page's requests about a file of real answers: reads it, hands over a batch of problems, works out credit, exports.

import { findMethod } from '../credit/methods';
import { loadProblem, openRolloutFile, ReadCancelled, type ProblemEntry, type RolloutFile } from '../formats/rollouts/rolloutFile';
import { writeRolloutLine } from '../formats/rollouts/writeRollouts';
import type { Executor } from '../gpu/executor';
import { answersBatch, withoutTokens, type AnswersBatch } from '../lab/answers/answersBatch';
import { scoreBrokenSteps, shareOf, type BrokenStepScore } from '../lab/answers/brokenStep';
import { creditAnswers, methodsOfAnswers } from '../lab/answers/creditAnswers';
import { writtenProblems } from '../lab/answers/exportAnswers';
import { words, type Tokenizer } from '../lab/answers/words';
import { JudgeStopped } from '../lab/judging';
import { POLICIES } from '../lab/policies';
import type { CreditRecord } from '../lab/record';
import type { AnswersReply, AnswersRequest, TokenChoice } from './answersMessages';
import { JudgedProblems, type AskJudge, type JudgeWish } from './judgedProblems';
import type { OpenTokenizer } from './tokenizers';

export interface AnswersHostParts {
  readonly executor: Executor;
  readonly openTokenizer: OpenTokenizer;
  readonly askJudge: AskJudge;
  cancelJudging(): void;
  post(reply: AnswersReply): void;
  /** milliseconds */
  now(): number;
}

const PROGRESS_EVERY_MS = 100;
/** Of a batch, as far as its problems allow. */
const BATCH = { problems: 8, answers: 256, bytes: 400_000 };

const TOKENS_OF_FILE = { tokenize: words, isForAll: false };

export class AnswersHost {
  private open: { readonly file: number; readonly rollouts: RolloutFile; readonly batches: readonly (readonly [number, number])[] } | undefined;
  /** the batch last asked for */
  private loaded: { readonly file: number; readonly batch: number; readonly answers: Promise<AnswersBatch> } | undefined;
  private tokens: { readonly tokenize: Tokenizer; readonly isForAll: boolean } = TOKENS_OF_FILE;
  private judged = new JudgedProblems();
  private cancelled = -1;
  private lastProgress = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: AnswersHostParts) {}

  async receive(request: AnswersRequest): Promise<void> {
    const { file } = request;
    try {
      switch (request.kind) {
        case 'cancel':
          this.cancelled = file;
          return;
        case 'open': return await this.read(file, request.blob);
        case 'batch': {
          const loading = this.load(file, request.batch);
          const answers = await loading;
          return this.isLoaded(loading) ? this.parts.post({ file, kind: 'batch', batch: request.batch, answers, methods: methodsOfAnswers(answers), judges: this.judged.judges(this.open!.batches[request.batch]!) }) : undefined;
        }
        case 'cut': return await this.cut(file, request.tokens);
        case 'credit': return await this.credit(file, request.batch, request.methods);
        case 'judge': return await this.judge(file, request);
        case 'readJudge': {
          this.judged.read(request.judge);
          this.loaded = undefined;
          return this.parts.post({ file, kind: 'judged' });
        }
        case 'cancelJudging': return this.parts.cancelJudging();
        case 'score': return await this.score(file, request.methods);
        case 'export': return await this.export(file);
        default: return request satisfies never;
      }
    } catch (error) {
      if (error instanceof ReadCancelled) this.parts.post({ file, kind: 'cancelled' });
      else this.parts.post({ file, kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  private async read(file: number, blob: Blob): Promise<void> {
    this.open = undefined;
    this.tokens = TOKENS_OF_FILE;
    this.cancelled = -1;
    const rollouts = await openRolloutFile(blob, {
      onProgress: (done, total, problems) => this.progress({ file, kind: 'reading', done, total, problems }), isCancelled: () => this.cancelled === file,
    });
    const { problems, answers, badLines, badCount, formats, rewardColumns } = rollouts;
    const batches = cutBatches(problems);
    this.judged = new JudgedProblems(rollouts.judges);
    this.open = { file, rollouts, batches };
    this.parts.post({
      file, kind: 'opened',
      summary: { problems: problems.map(({ title, answers: count, rewarded }) => ({ title, answers: count, rewarded })), batches, answers, badLines, badCount, formats, rewardColumns, shippedTokenizers: POLICIES.map(({ name }) => name) },
    });
  }

  private load(file: number, batch: number): Promise<AnswersBatch> {
    if (this.loaded?.file !== file || this.loaded.batch !== batch) this.loaded = { file, batch, answers: this.make(file, batch) };
    return this.loaded.answers;
  }

  /** Another batch may have been asked for since, or other tokens. */
  private isLoaded(answers: Promise<AnswersBatch>): boolean {
    return this.loaded?.answers === answers;
  }

  private async make(file: number, batch: number): Promise<AnswersBatch> {
    const range = this.open?.file === file ? this.open.batches[batch] : undefined;
    if (range === undefined) throw new Error('These answers are no longer open.');
    const { rollouts } = this.open!;
    const problems = await Promise.all(Array.from({ length: range[1] - range[0] }, (_, i) => loadProblem(rollouts, range[0] + i)));
    const { tokenize, isForAll } = this.tokens;
    return this.judged.into(answersBatch(isForAll ? problems.map(withoutTokens) : problems, tokenize), range[0]);
  }

  private async cut(file: number, tokens: TokenChoice): Promise<void> {
    try {
      const isPlain = tokens.kind === 'file' || tokens.kind === 'words';
      const tokenize = isPlain ? words : await this.parts.openTokenizer(tokens, (loading) => this.parts.post({ file, kind: 'cutting', loading }));
      this.tokens = { tokenize, isForAll: tokens.kind !== 'file' };
      this.loaded = undefined;
      this.parts.post({ file, kind: 'cut', tokens });
    } catch (error) {
      const asks = error instanceof JudgeStopped && error.asks?.kind === 'fetch' ? { asks: error.asks } : {};
      this.parts.post({ file, kind: 'notCut', message: error instanceof Error ? error.message : String(error), ...asks });
    }
  }

  private async judge(file: number, wish: JudgeWish): Promise<void> {
    try {
      if (this.open?.file !== file) throw new Error('These answers are no longer open.');
      const { judged, open: { rollouts } } = this;
      if (wish.problems.some((problem) => rollouts.problems[problem] === undefined)) throw new RangeError('There is no such problem.');
      const problems = await Promise.all(wish.problems.map((problem) => loadProblem(rollouts, problem)));
      await judged.ask(wish, problems, this.parts.askJudge, (progress) => this.parts.post({ file, kind: 'judging', progress }));
      this.loaded = undefined;
      this.parts.post({ file, kind: 'judged' });
    } catch (error) {
      const asks = error instanceof JudgeStopped && error.asks !== undefined ? { asks: error.asks } : {};
      this.parts.post({ file, kind: 'judgeStopped', message: error instanceof Error ? error.message : String(error), ...asks });
    }
  }

  private async credit(file: number, batch: number, methods: readonly string[]): Promise<void> {
    const loading = this.load(file, batch);
    const answers = await loading;
    for (const method of methods) {
      if (!this.isLoaded(loading)) return;
      const credit = await creditAnswers(this.parts.executor, findMethod(method), answers);
      if (!this.isLoaded(loading)) return;
      this.parts.post({ file, kind: 'credit', batch, method, credit, brokenStep: shareOf(scoreBrokenSteps(answers, credit)) });
      // lets a message in: it may ask for something else
      await new Promise((resolve) => { setTimeout(resolve); });
    }
  }

  private async score(file: number, methods?: readonly string[]): Promise<void> {
    const scores = new Map<string, BrokenStepScore[]>();
    await this.everyBatch(file, 'scoring', (answers, credits) => {
      for (const credit of credits) {
        const scores_P = scores.get(credit.method) ?? [];
        scores_P.push(...scoreBrokenSteps(answers, credit));
        scores.set(credit.method, scores_P);
      }
    }, methods);
    this.parts.post({ file, kind: 'scored', scores: [...scores].map(([method, scores_P]) => [method, shareOf(scores_P)]) });
  }

  private async export(file: number): Promise<void> {
    const pieces: Blob[] = [];
    await this.everyBatch(file, 'exporting', (answers, credits) => { pieces.push(new Blob([writtenProblems(answers, credits).map((one) => `${writeRolloutLine(one)}\n`).join('')])); });
    this.parts.post({ file, kind: 'exported', blob: new Blob(pieces, { type: 'application/jsonl' }) });
  }

  /** The whole file, with the credit of every method that can run, or of these. */
  private async everyBatch(file: number, kind: 'scoring' | 'exporting', take: (answers: AnswersBatch, credits: readonly CreditRecord[]) => void, methods?: readonly string[]): Promise<void> {
    this.cancelled = -1;
    const total = this.open?.batches.length ?? 0;
    for (let batch = 0; batch < total; batch++) {
      this.progress({ file, kind, done: batch, total });
      if (this.cancelled === file) throw new ReadCancelled();
      const answers = await this.make(file, batch);
      const credits: CreditRecord[] = [];
      const able = methodsOfAnswers(answers).able.filter(({ name }) => methods === undefined || methods.includes(name));
      for (const { name } of able) credits.push(await creditAnswers(this.parts.executor, findMethod(name), answers));
      take(answers, credits);
    }
  }

  private progress(reply: AnswersReply): void {
    if (this.parts.now() - this.lastProgress < PROGRESS_EVERY_MS) return;
    this.lastProgress = this.parts.now();
    this.parts.post(reply);
  }
}

function cutBatches(problems: readonly ProblemEntry[]): (readonly [number, number])[] {
  const batches: (readonly [number, number])[] = [];
  let [from, answers, bytes] = [0, 0, 0];
  problems.forEach((problem, i) => {
    const size = problem.parts.reduce((sum, [start, end]) => sum + end - start, 0);
    if (i > from && (i - from >= BATCH.problems || answers + problem.answers > BATCH.answers || bytes + size > BATCH.bytes)) {
      batches.push([from, i]);
      [from, answers, bytes] = [i, 0, 0];
    }
    answers += problem.answers;
    bytes += size;
  });
  if (from < problems.length) batches.push([from, problems.length]);
  return batches;
}
