// Phase 4: the method's program over this batch's signals. It was traced into a plan when the run was prepared.

import type { Executor } from '../../gpu/executor';
import { findMethod } from '../../credit/methods';
import { runCredit, traceCredit, type TracedCredit } from '../../credit/trace';
import { writeSignals, type CreditSignals } from '../../credit/writeSignals';
import { refuseNonFiniteNumbers } from '../nonFinite';
import type { RunConfiguration } from '../configuration';
import type { PolicyModel } from '../policyModel';
import type { CreditRecord, CritiqueRecord, SampleRecord, ScoreRecord } from '../record';
import { forEachToken } from '../rows';
import { collectSignals, creditShape } from '../signals';
import type { Bench, Scene } from '../signals/provider';

/** `configuration`: what holds in this update, where settings changed on the way. */
export type CreditAssigner = (update: number, sample: SampleRecord, score: ScoreRecord, critique: CritiqueRecord, values_NT?: Float32Array, configuration?: RunConfiguration) => Promise<CreditRecord>;

/** `continuer`: the policy as it is when asked, built to go on from within an answer. */
export async function prepareCredit(executor: Executor, bench: Bench, model: PolicyModel, continuer: Scene['continuer']): Promise<CreditAssigner> {
  const { method, methodParameters } = bench.configuration;
  const traced = traceCredit(findMethod(method), methodParameters, creditShape(bench, model.answerLength));
  await executor.prepare(traced.plan);
  return async (update, sample, score, critique, values_NT, configuration = bench.configuration) => {
    const scene = { ...bench, configuration, update, model, sample, score, critique, continuer, ...(values_NT !== undefined && { values_NT }) };
    const record = await assignCredit(executor, traced, (await collectSignals(scene, traced.needs)).signals, critique);
    refuseNonFiniteNumbers('advantages', record.advantages_NT, update);
    return record;
  };
}

/** A prepared program over signals, with every line of it. `run`: another way to run it, for a program that is changed on its way. */
export async function assignCredit(executor: Executor, traced: TracedCredit, signals: CreditSignals, critique: CritiqueRecord, run = runCredit): Promise<CreditRecord> {
  writeSignals(executor, traced, signals);
  const rows = (await run(executor, traced)).map((row) => (row.shape === 'step' ? { ...row, values: raggedSteps(row.values, critique, traced.shape.maximumSteps) } : row));
  const outputs = Object.fromEntries((['valueTargets', 'rowMask', 'clipRange'] as const).flatMap((name) => {
    const row = traced.rows.find(({ buffer }) => buffer === traced[name]);
    return row === undefined ? [] : [[name, row.id] as const];
  }));
  return { method: traced.method, rows, advantages_NT: rows.at(-1)!.values, ...outputs };
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
