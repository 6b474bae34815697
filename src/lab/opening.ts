// What the page opens with: one wrong answer of a recorded run's first update, and its credit three ways: one score for the whole
// answer (GRPO), a judge for every step (the run's own CAPO), and what each token really deserved under the policy that wrote it.

import { findMethod } from '../credit/methods';
import { traceCredit } from '../credit/trace';
import { loadPolicy } from '../formats/policyFiles';
import type { FileReader } from '../formats/safetensorsIndex';
import type { Executor } from '../gpu/executor';
import { taskFamily } from '../tasks';
import { continuerOf } from './continuer';
import { makeEnginePolicy } from './makeEnginePolicy';
import { assignCredit } from './phases/credit';
import { policyShape } from './prepareRun';
import type { CreditRecord, RunRecord, UpdateRecord } from './record';
import { collectSignals, creditShape } from './signals';
import { findTruth } from './truth/findTruth';

/** JSON as it stands: nothing but numbers and text. T tokens of the answer, K steps of it. */
export interface Opening {
  /** where it stands in the recorded run; the answer's place is in its problem's group */
  readonly problem: number;
  readonly answer: number;
  readonly prompt: string;
  readonly rightAnswer: string;
  readonly tokens_T: readonly string[];
  /** token offsets [start, end) */
  readonly steps_K: readonly (readonly [number, number])[];
  /** the first step whose own sum is wrong */
  readonly brokenStep: number;
  /** answers to the problem, and how many of them are right */
  readonly groupSize: number;
  readonly groupRight: number;
  readonly critiques: number;
  /** critiques that call each step wrong */
  readonly votes_K: readonly number[];
  readonly oneScore_T: readonly number[];
  readonly judged_T: readonly number[];
  readonly deserved_T: readonly number[];
  /** [T+1]: chance of a right answer before each token and after the last */
  readonly chances_T1: readonly number[];
}

const ONE_SCORE = 'grpo';

/** `files`: of the run's policy. Throws RangeError where no answer of the first update tells the story. */
export async function makeOpening(run: RunRecord, executor: Executor, files: FileReader): Promise<Opening> {
  const { configuration } = run.header;
  const update = run.updates[0];
  if (update === undefined || configuration.method !== 'capo') throw new RangeError('the opening is made of the first update of a run with CAPO');
  const found = findStory(update);
  if (found === undefined) throw new RangeError('no wrong answer of the first update has one step that every critique calls wrong');
  const { sample, score, critique, credit } = update;
  const task = taskFamily(configuration.task).create(configuration.taskOptions);
  const policy = await loadPolicy(files);
  const model = await makeEnginePolicy(executor, policy.config, policyShape(configuration, task));
  model.loadWeights(policy.tensors);
  const continuer = continuerOf(executor, makeEnginePolicy, task, model);
  const bench = { configuration, task, hasValueModel: false };
  const traced = traceCredit(findMethod(ONE_SCORE), {}, creditShape(bench, sample.width));
  await executor.prepare(traced.plan);
  const { signals } = await collectSignals({ ...bench, update: 1, model, sample, score, critique, continuer }, traced.needs);
  const oneScore = await assignCredit(executor, traced, signals, critique);
  const truth = await findTruth(task, model, await continuer(), sample, { kind: 'enumeration', seed: configuration.seed, sampling: configuration.sampling }, { clock: () => 0 });

  const { n, brokenStep } = found;
  const length = sample.lengths_N[n]!;
  const problem = sample.problem_N[n]!;
  const group = answersTo(update, problem);
  const ofAnswer = (values: ArrayLike<number>, width = sample.width, count = length) => Array.from({ length: count }, (_, t) => rounded(values[n * width + t]!));
  const lineOf = ({ advantages_NT }: CreditRecord) => ofAnswer(advantages_NT);
  return {
    problem, answer: group.indexOf(n), prompt: sample.problems_P[problem]!.prompt, rightAnswer: sample.problems_P[problem]!.answer,
    tokens_T: Array.from({ length }, (_, t) => run.names.alphabet[sample.tokens_NT[n * sample.width + t]!]!),
    steps_K: critique.steps_NK[n]!, brokenStep,
    groupSize: group.length, groupRight: group.filter((one) => score.outcome_N[one] === 1).length,
    critiques: critique.critiques_Nk[n]!.length, votes_K: votesOn(update, n),
    oneScore_T: lineOf(oneScore), judged_T: lineOf(credit), deserved_T: ofAnswer(truth.advantages_NT),
    chances_T1: ofAnswer(truth.values_NT1, sample.width + 1, length + 1),
  };
}

/** A wrong answer that broke at exactly one step, with steps before and after it, judged so by every critique; of the problem nearest to half right. */
function findStory(update: UpdateRecord): { readonly n: number; readonly brokenStep: number } | undefined {
  const { sample, score, critique } = update;
  const halfway = (problem: number) => {
    const group = answersTo(update, problem);
    return Math.abs(group.filter((n) => score.outcome_N[n] === 1).length / group.length - 0.5);
  };
  const problems = [...sample.problems_P.keys()].sort((a, b) => halfway(a) - halfway(b) || a - b);
  for (const problem of problems) {
    for (const n of answersTo(update, problem)) {
      const brokenStep = critique.isCorrect_NK[n]!.indexOf(false);
      const votes = votesOn(update, n);
      const isClear = votes.every((count, k) => count === (k === brokenStep ? critique.critiques_Nk[n]!.length : 0));
      if (score.outcome_N[n] === 0 && sample.finished_N[n] === 1 && brokenStep > 0 && brokenStep < votes.length - 1 && isClear) return { n, brokenStep };
    }
  }
  return undefined;
}

const answersTo = ({ sample }: UpdateRecord, problem: number): number[] => [...sample.problem_N.keys()].filter((n) => sample.problem_N[n] === problem);

function votesOn({ critique: { steps_NK, critiques_Nk } }: UpdateRecord, n: number): number[] {
  return steps_NK[n]!.map((_, k) => critiques_Nk[n]!.filter((flags) => flags?.includes(k) === true).length);
}

/** Four digits are more than a person is shown. */
const rounded = (value: number): number => Number(value.toPrecision(4)) + 0;
