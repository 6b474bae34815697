// What if: an update's credit program run again over its records with some numbers changed, on the processor, and what each token would
// then pull at the policy. Nothing is trained. The pull is of first order: at ratio 1, before the policy has moved; clipping does
// not show there. A number changed in the middle of the program stays as changed: every later line follows from it.

import { findMethod } from '../../credit/methods';
import { traceCredit, type TracedCredit } from '../../credit/trace';
import { planBuffer } from '../../gpu/buffer';
import { readFloats, type Executor } from '../../gpu/executor';
import { Plan, slicesOf } from '../../gpu/plan';
import { taskFamily } from '../../tasks';
import type { RunConfiguration } from '../configuration';
import { minibatchOrder } from '../minibatches';
import { assignCredit } from '../phases/credit';
import { lossSettings, lossTerms } from '../phases/gradient';
import { PolicyLossCalls } from '../policyLossCalls';
import { readConfiguration } from '../readConfiguration';
import type { CreditRecord, CreditRow, CritiqueRecord, SampleRecord, ScoreRecord } from '../record';
import { gatherRows, scatterRows } from '../rows';
import { editRecords, placeInRow, type Edit } from './edits';
import { recordedSignals } from './recordedSignals';

/** An update as far as credit. */
export interface CreditedUpdate {
  /** as the run counts them */
  readonly update: number;
  readonly sample: SampleRecord;
  readonly score: ScoreRecord;
  readonly critique: CritiqueRecord;
  readonly credit: CreditRecord;
}

export interface WhatIfResult {
  readonly score: ScoreRecord;
  readonly critique: CritiqueRecord;
  readonly credit: CreditRecord;
  /** d loss / d log-prob at ratio 1 */
  readonly coefficient_NT: Float32Array;
}

type NumberEdit = Extract<Edit, { kind: 'number' }>;

/** Throws an Error with a sentence where an edit is of nothing that there is, or the records do not hold what the method needs. */
export async function whatIf(executor: Executor, given: RunConfiguration, { update, sample, credit, ...records }: CreditedUpdate, edits: readonly Edit[]): Promise<WhatIfResult> {
  const configuration = readConfiguration(given);
  const { score, critique } = editRecords(sample, records, edits);
  const task = taskFamily(configuration.task).create(configuration.taskOptions);
  const traced = traceCredit(findMethod(configuration.method), configuration.methodParameters, {
    answers: sample.answers, width: sample.width, problems: sample.problems_P.length, maximumSteps: Math.max(1, ...critique.steps_NK.map(({ length }) => length)),
    critiques: Math.max(0, ...critique.critiques_Nk.map(({ length }) => length)), ...(task.stepChecks !== undefined && { checks: task.stepChecks.length }),
  });
  const signals = recordedSignals(traced, { configuration, task, hasValueModel: true, sample, score, critique }, credit);
  const numbers = edits.filter((one) => one.kind === 'number');
  await executor.prepare(traced.plan);
  try {
    const edited = await assignCredit(executor, traced, signals, critique, () => runEdited(executor, traced, sample, critique, numbers));
    return { score, critique, credit: edited, coefficient_NT: await firstCoefficients(executor, configuration, update, sample, score, edited) };
  } finally {
    executor.release(...traced.plan.buffers());
  }
}

/** Stops after the line that is changed, changes it, and goes on. */
async function runEdited(executor: Executor, traced: TracedCredit, sample: SampleRecord, critique: CritiqueRecord, edits: readonly NumberEdit[]): Promise<CreditRow[]> {
  const left = new Map(edits.map((edit) => [edit, traced.rows.find(({ id }) => id === edit.row)]));
  const change = async (isDue: (row: TracedCredit['rows'][number]) => boolean): Promise<void> => {
    for (const [edit, row] of left) {
      const place = row === undefined ? -1 : placeInRow(row.shape, edit, sample, critique, traced.shape.maximumSteps);
      if (row === undefined || place < 0) throw new RangeError(`Line ${edit.row} of the credit program has no number for this token.`);
      if (!isDue(row)) continue;
      const values = await readFloats(executor, row.buffer);
      values[place] = edit.value;
      executor.write(row.buffer, values);
      left.delete(edit);
    }
  };
  const lastCall = new Map(traced.rows.map((row) => [row, traced.plan.calls.findLastIndex((call) => writtenBy(call).includes(row.buffer))]));
  // a line that no call writes is a signal
  await change((row) => lastCall.get(row) === -1);
  for (const [index, call] of traced.plan.calls.entries()) {
    const piece = new Plan(traced.plan.label);
    piece.calls.push(call);
    await executor.run(piece);
    await change((row) => lastCall.get(row) === index);
  }
  return Promise.all(traced.rows.map(async ({ buffer, ...row }) => ({ ...row, values: await readFloats(executor, buffer) })));
}

function writtenBy(call: Plan['calls'][number]) {
  if (call.kind === 'kernel') return Object.values(call.kernel.bindings).flatMap(({ access }, i) => (access === 'read_write' ? [call.slices[i]!.buffer] : []));
  return [slicesOf(call).at(-1)!.buffer];
}

/** As the gradient phase has them before the first step of the optimiser, when the policy still is the one that sampled. */
async function firstCoefficients(executor: Executor, configuration: RunConfiguration, update: number, sample: SampleRecord, score: ScoreRecord, credit: CreditRecord): Promise<Float32Array> {
  const { width } = sample;
  const settings = lossSettings(configuration);
  const coefficient_NT = new Float32Array(sample.answers * width);
  // of several epochs the record keeps what the last said of a token
  const { epochs, minibatches } = configuration.loss;
  for (const rows of minibatchOrder(sample.answers, epochs, minibatches, configuration.seed, update).at(-1)!) {
    const tokens = rows.length * width;
    const [logprobs, entropy] = [planBuffer('whatIf.logprobs', tokens), planBuffer('whatIf.entropy', tokens)];
    const terms = lossTerms(configuration, sample, score, credit, rows);
    const calls = new PolicyLossCalls(tokens, logprobs, entropy);
    const plan = new Plan('what if');
    calls.append(plan, settings);
    await executor.prepare(plan);
    executor.write(logprobs, Float32Array.from(terms.oldLogprobs_NT));
    executor.write(entropy, Float32Array.from(gatherRows(score.entropy_NT, width, rows)));
    calls.write(executor, terms, 0, tokens);
    await executor.run(plan, [{ ...calls.variables(settings), spanRows: tokens }]);
    scatterRows(await readFloats(executor, calls.logprobGrad), coefficient_NT, width, rows);
    executor.release(...plan.buffers());
  }
  return coefficient_NT;
}
