// Phase 4: the method's program over this batch's signals. It was traced into a plan when the run was prepared.

import type { Executor } from '../../gpu/executor';
import { findMethod } from '../../credit/methods';
import { readCreditRows, traceCredit } from '../../credit/trace';
import { writeSignals } from '../../credit/writeSignals';
import type { RunConfiguration } from '../configuration';
import { refuseNonFiniteNumbers } from '../nonFinite';
import type { CreditRecord, CritiqueRecord, SampleRecord, ScoreRecord } from '../record';
import { forEachToken } from '../rows';

export type CreditAssigner = (update: number, sample: SampleRecord, score: ScoreRecord, critique: CritiqueRecord, values_NT?: Float32Array) => Promise<CreditRecord>;

export async function prepareCredit(executor: Executor, configuration: RunConfiguration, width: number): Promise<CreditAssigner> {
  const { problemsPerUpdate, answersPerProblem, critic } = configuration;
  const traced = traceCredit(findMethod(configuration.method), configuration.methodParameters, {
    answers: problemsPerUpdate * answersPerProblem, width, problems: problemsPerUpdate, maximumSteps: width, critiques: critic.critiques,
  });
  await executor.prepare(traced.plan);
  const valueTargets = traced.rows.find(({ buffer }) => buffer === traced.valueTargets)?.id;
  return async (update, sample, score, critique, values_NT) => {
    const mask_NT = new Uint8Array(sample.answers * width);
    forEachToken(sample.lengths_N, width, (i) => { mask_NT[i] = 1; });
    writeSignals(executor, traced, {
      problem_N: sample.problem_N,
      mask_NT,
      steps_NK: critique.steps_NK,
      critiques_Nk: critique.critiques_Nk,
      values: {
        outcome: score.outcome_N,
        correct: score.outcome_N,
        stepCorrect: critique.isCorrect_NK.map((row) => row.map(Number)),
        oldLogprobs: score.oldLogprobs_NT,
        ...(score.referenceLogprobs_NT !== undefined && { referenceLogprobs: score.referenceLogprobs_NT }),
        ...(values_NT !== undefined && { values: values_NT }),
      },
    });
    await executor.run(traced.plan);
    const rows = (await readCreditRows(executor, traced)).map((row) => (row.shape === 'step' ? { ...row, values: raggedSteps(row.values, critique, width) } : row));
    const advantages_NT = rows.at(-1)!.values;
    refuseNonFiniteNumbers('advantages', advantages_NT, update);
    return { method: traced.method, rows, advantages_NT, ...(valueTargets !== undefined && { valueTargets }) };
  };
}

/** From [answers, maximumSteps] to the steps that there are, answer by answer. */
function raggedSteps(values: Float32Array, { steps_NK }: CritiqueRecord, maximumSteps: number): Float32Array {
  return Float32Array.from(steps_NK.flatMap((steps, n) => steps.map((_, k) => values[n * maximumSteps + k]!)));
}

/** Share of problems none of whose answers gets any credit. */
export function noSignalShare(sample: SampleRecord, credit: CreditRecord): number {
  const hasSignal = new Uint8Array(sample.problems_P.length);
  forEachToken(sample.lengths_N, sample.width, (i, n) => { if (credit.advantages_NT[i] !== 0) hasSignal[sample.problem_N[n]!] = 1; });
  return hasSignal.filter((one) => one === 0).length / hasSignal.length;
}
