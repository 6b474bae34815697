// Beside the optimiser's step: the value targets that the credit method made go to the value model.

import type { CreditRecord, SampleRecord, ValueRecord } from '../record';
import type { RunContext } from './context';

/** `values_NT` as scored before the update; undefined where no value model was asked. */
export async function learnValues(
  { values }: RunContext, update: number, sample: SampleRecord, credit: CreditRecord, values_NT: Float32Array | undefined,
): Promise<ValueRecord | undefined> {
  const targets_NT = credit.rows.find((row) => row.id === credit.valueTargets)?.values;
  if (values === undefined || values_NT === undefined || targets_NT === undefined) return undefined;
  return values.learn(sample, update, values_NT, targets_NT);
}
