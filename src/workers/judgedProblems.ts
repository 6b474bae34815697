// What language models said of the answers to some problems of an open file: in the file, or asked for since. Each judge's critiques are
// kept under its name; one of them, or none, is read at a time, because critiques of several judges are not comparable.

import { judgeKey } from '../formats/rollouts/judges';
import type { JudgedBy, RolloutProblem } from '../formats/rollouts/rollout';
import type { RolloutFile } from '../formats/rollouts/rolloutFile';
import type { AnswersBatch } from '../lab/answers/answersBatch';
import { judgeCasesOf, judgedAlso, judgedProblems, readBy, type Judge } from '../lab/answers/judgedAnswers';
import { JudgeStopped, namedJudge, type JudgeProgress } from '../lab/judging';
import type { AnswersRequest, JudgesOfFile } from './answersMessages';
import type { CriticClient } from './criticClient';

export type JudgeWish = Extract<AnswersRequest, { kind: 'judge' }>;
/** Of the critics' worker. */
export type AskJudge = (question: Parameters<CriticClient['judgeCases']>[1], onProgress: (progress: JudgeProgress) => void) => ReturnType<CriticClient['judgeCases']>;

interface Known {
  readonly judge: Judge;
  /** places in the file of what it has judged */
  readonly problems: Set<number>;
}

export class JudgedProblems {
  /** by key, in the order in which they were met */
  private readonly known = new Map<string, Known>();
  private readonly said = new Map<number, readonly JudgedBy[]>();
  private reader: Known | undefined;

  /** The first judge of the file is read. */
  constructor(judges: RolloutFile['judges'] = []) {
    for (const { judge, problems } of judges) this.known.set(judgeKey(judge), { judge, problems: new Set(problems) });
    [this.reader] = this.known.values();
  }

  /** Rejects with JudgeStopped where a person has to help. Whoever judges is read from now on. */
  async ask({ problems: places, critic, seed, named, files }: JudgeWish, problems: readonly RolloutProblem[], ask: AskJudge, onProgress: (progress: JudgeProgress) => void): Promise<void> {
    const judge = namedJudge(critic, named);
    if (judge === undefined) throw new JudgeStopped('No exact checker knows these answers: choose a language model.');
    const cases = problems.flatMap(judgeCasesOf);
    const { critiques_Nk, judge: record } = await ask({ judge, cases, critiques: critic.critiques, seed, ...(files !== undefined && { files }) }, onProgress);
    if (record === undefined) throw new JudgeStopped('There is nothing to judge here.');
    const { said_Nk, ...who } = record;
    const kept_Nk = critiques_Nk.map((row, n) => row.map((critique, j) => ({ ...critique, text: said_Nk[n]![j]!.text })));
    const key = judgeKey(who);
    this.reader = this.known.get(key) ?? { judge: who, problems: new Set() };
    this.known.set(key, this.reader);
    judgedProblems(problems, who, kept_Nk).forEach((judged, i) => {
      const place = places[i]!;
      this.reader!.problems.add(place);
      this.said.set(place, [...(this.said.get(place) ?? []).filter((one) => judgeKey(one.judge) !== key), judged]);
    });
  }

  /** `judge`: its place among `judges`; null for none. */
  read(judge: number | null): void {
    this.reader = judge === null ? undefined : [...this.known.values()][judge];
  }

  /** `first`: place of the batch's first problem in the file. */
  into(batch: AnswersBatch, first: number): AnswersBatch {
    const judged = { ...batch, problems: batch.problems.map((problem, p) => judgedAlso(problem, this.said.get(first + p) ?? [])) };
    return this.reader === undefined ? judged : readBy(judged, this.reader.judge);
  }

  judges([from, to]: readonly [number, number]): JudgesOfFile {
    const all = [...this.known.values()];
    return {
      read: this.reader === undefined ? null : all.indexOf(this.reader),
      all: all.map(({ judge: { model, where }, problems }) => ({ model, where, problems: problems.size, here: Array.from({ length: to - from }, (_, p) => from + p).filter((p) => problems.has(p)) })),
    };
  }
}
