// For tests of credit programs: one batch through trace, write, run and read.

import { readFloats, type Executor } from '../gpu/executor';
import type { CreditRecord, CreditRow } from '../lab/record';
import type { OptionValues } from '../tasks/task';
import type { CreditShape } from './builder';
import type { CreditMethod } from './method';
import { runCredit, traceCredit } from './trace';
import { writeSignals, type CreditSignals } from './writeSignals';

export async function creditOf(
  executor: Executor, method: CreditMethod, parameters: OptionValues, shape: CreditShape, signals: CreditSignals,
): Promise<CreditRecord> {
  const traced = traceCredit(method, parameters, shape);
  await executor.prepare(traced.plan);
  writeSignals(executor, traced, signals);
  const rows = await runCredit(executor, traced);
  const advantages_NT = await readFloats(executor, traced.advantages);
  executor.release(...traced.plan.buffers(), ...Object.values(traced.inputs));
  return { method: method.name, rows, advantages_NT };
}

export const rowsById = (credit: CreditRecord): Partial<Record<string, CreditRow>> => Object.fromEntries(credit.rows.map((row) => [row.id, row]));
