// What a language model said of the answers to some problems of an open file. One judge's critiques are kept: another's would not be
// comparable, so the first of another judge takes the place of all that was there.

import type { RolloutProblem } from '../formats/rollouts/rollout';
import type { AnswersBatch } from '../lab/answers/answersBatch';
import { judgeCasesOf, judgementsOf, withJudgements, type Judge, type Judgement } from '../lab/answers/judgedAnswers';
import { JudgeStopped, namedJudge, type JudgeProgress } from '../lab/judging';
import type { AnswersRequest } from './answersMessages';
import type { CriticClient } from './criticClient';

export type JudgeWish = Extract<AnswersRequest, { kind: 'judge' }>;
/** Of the critics' worker. */
export type AskJudge = (question: Parameters<CriticClient['judgeCases']>[1], onProgress: (progress: JudgeProgress) => void) => ReturnType<CriticClient['judgeCases']>;

export class JudgedProblems {
  private judge: Judge | undefined;
  private readonly judgements = new Map<number, Judgement>();

  /** Rejects with JudgeStopped where a person has to help. */
  async ask({ problems: places, critic, seed, named, files }: JudgeWish, problems: readonly RolloutProblem[], ask: AskJudge, onProgress: (progress: JudgeProgress) => void): Promise<void> {
    const judge = namedJudge(critic, named);
    if (judge === undefined) throw new JudgeStopped('No exact checker knows these answers: choose a language model.');
    const cases = problems.flatMap(judgeCasesOf);
    const { critiques_Nk, judge: record } = await ask({ judge, cases, critiques: critic.critiques, seed, ...(files !== undefined && { files }) }, onProgress);
    if (record === undefined) throw new JudgeStopped('There is nothing to judge here.');
    const { said_Nk, ...who } = record;
    if (JSON.stringify(who) !== JSON.stringify(this.judge)) this.judgements.clear();
    this.judge = who;
    judgementsOf(problems, critiques_Nk, { said_Nk }).forEach((judgement, i) => this.judgements.set(places[i]!, judgement));
  }

  /** `first`: place of the batch's first problem in the file. */
  into(batch: AnswersBatch, first: number): AnswersBatch {
    return this.judge === undefined ? batch : withJudgements(batch, this.judge, batch.problems.map((_, p) => this.judgements.get(first + p)));
  }
}
