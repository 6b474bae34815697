// Phase 3: the steps of every answer, the exact checker's verdicts, and the critiques that the run's judge makes of them.

import { exactJudge } from '../../critics/exactCritic';
import type { Critique, JudgeCase } from '../../critics/judge';
import { streamKey } from '../../random/threefry';
import type { Task } from '../../tasks/task';
import { answerSteps, type AnswerSteps } from '../answerSteps';
import type { CriticConfiguration, RunConfiguration } from '../configuration';
import { critiquesWanted, judgeOf, judgeRecord, type JudgeWatch, type Named, type OpenModel } from '../judging';
import type { CritiqueRecord, SampleRecord } from '../record';
import { everyRow, tokensOf } from '../rows';

/** By the exact checker with its dials, at once. */
export function critique(task: Task, critic: CriticConfiguration, seed: number, update: number, sample: SampleRecord): CritiqueRecord {
  const answers = stepsOfAnswers(task, sample);
  const judge = exactJudge(verdictsOf(answers), critic, streamKey(seed, 'critique', update));
  return recordOf(answers, judge.critique(casesOf(task, answers, sample), critic.critiques));
}

export interface JudgeHelp extends JudgeWatch, Named {
  /** where models can be opened */
  readonly open?: OpenModel;
}

/** By the run's judge. Rejects with JudgeStopped where it gives nothing and asking again may help. */
export async function critiqueBy(
  task: Task, configuration: Pick<RunConfiguration, 'critic' | 'method' | 'methodParameters' | 'seed'>, update: number, sample: SampleRecord, { endpoint, settings, open, ...watch }: JudgeHelp = {},
): Promise<CritiqueRecord> {
  const answers = stepsOfAnswers(task, sample);
  const wanted = critiquesWanted(configuration);
  if (wanted === 0) return recordOf(answers, answers.map(() => []));
  const judge = judgeOf(configuration, update, verdictsOf(answers), { endpoint, settings }, open);
  const critiques_Nk = await judge.critique(casesOf(task, answers, sample), wanted, watch);
  const said = judgeRecord(critiques_Nk, judge.describe?.());
  return { ...recordOf(answers, critiques_Nk), ...(said !== undefined && { judge: said }) };
}

function stepsOfAnswers(task: Task, sample: SampleRecord): AnswerSteps[] {
  return everyRow(sample).map((n) => answerSteps(task, sample.problems_P[sample.problem_N[n]!]!, tokensOf(sample, n)));
}

const verdictsOf = (answers: readonly AnswerSteps[]): boolean[][] => answers.map(({ verdicts_K }) => verdicts_K.map((one) => one.isCorrect));

function casesOf(task: Task, answers: readonly AnswerSteps[], sample: SampleRecord): JudgeCase[] {
  return answers.map(({ text, steps_K }, n) => {
    const { prompt, answer } = sample.problems_P[sample.problem_N[n]!]!;
    return { problem: prompt, rules: task.rules, steps_K: steps_K.map(([start, end]) => text.slice(start, end)), reference: answer };
  });
}

function recordOf(answers: readonly AnswerSteps[], critiques_Nk: readonly (readonly Critique[])[]): CritiqueRecord {
  return {
    steps_NK: answers.map(({ steps_K }) => steps_K),
    critiques_Nk: critiques_Nk.map((row) => row.map(({ flags }) => flags)),
    isCorrect_NK: verdictsOf(answers),
    canReachAnswer_NK: answers.map(({ verdicts_K }) => verdicts_K.map((one) => one.canReachAnswer)),
  };
}
