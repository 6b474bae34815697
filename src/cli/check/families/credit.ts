// credit: cases of credit.json, a credit method by name with its params over a batch of rollouts. creditMethods/ says what a
// name means here. The program runs on the executor of the case, and every expected array is compared with its row.

import { FormatError } from '../../../formats/formatError';
import { findMethod } from '../../../credit/methods';
import { creditOf, rowsById } from '../../../credit/testing';
import { traceCredit } from '../../../credit/trace';
import type { CreditRecord } from '../../../lab/record';
import type { Comparison } from '../comparison';
import { NotKnown, refuseParameters, type CaseRun, type Family } from '../family';
import { Fields } from '../fields';
import type { FixtureCase } from '../fixture';
import { readNumber } from '../numberTensor';
import { readCreditBatch, type CreditBatch } from './creditBatch';
import type { CreditMethodReader, ProgramCase } from './creditCase';
import { CREDIT_METHODS } from './creditMethods';

export const credit: Family = {
  name: 'credit',
  recognises: ({ method }) => method !== undefined,
  isHost: (fixture) => {
    const reader = readerOf(fixture);
    return reader !== undefined && 'isHost' in reader && reader.isHost;
  },
  async run({ fixture, inputs, comparison, executor }: CaseRun) {
    const reader = readerOf(fixture);
    if (reader === undefined) throw new NotKnown(`credit method ${fixture.method!.name}`);
    const params = new Fields(fixture.method!.params, 'params');
    if ('compute' in reader) {
      const made = await reader.compute(params, inputs, executor);
      refuseUnread(params);
      for (const [key, values] of Object.entries(made)) if (comparison.has(key)) comparison.checkNumbers(key, values, flatten(comparison.at(key), key));
      return;
    }
    const program = reader.read(params, inputs);
    refuseUnread(params);
    const method = findMethod(program.method);
    const batch = program.batch ?? readCreditBatch(inputs);
    refuseParameters(() => traceCredit(method, program.parameters, batch.shape));
    compareAll(await creditOf(executor, method, program.parameters, batch.shape, batch.signals), program, batch, comparison);
  },
};

const readerOf = ({ method }: FixtureCase): CreditMethodReader | undefined => CREDIT_METHODS.find((one) => one.fixtureMethod === method?.name);

function refuseUnread(params: Fields): void {
  const unread = params.unread();
  if (unread.length > 0) throw new NotKnown(`param not known: ${unread.join(', ')}`);
}

function compareAll(made: CreditRecord, program: ProgramCase, batch: CreditBatch, comparison: Comparison): void {
  const rows = rowsById(made);
  const { answers, width, maximumSteps } = batch.shape;
  for (const key of Object.keys(comparison.expected)) {
    const reading = program.rows[key];
    if (!comparison.has(key) || (reading === undefined && key !== 'advantages')) continue;
    const expected = comparison.at(key);
    if (reading === undefined) {
      comparison.checkNumbers(key, made.advantages_NT, matching(expected, key, Array.from({ length: answers }, () => width)));
      continue;
    }
    const row = rows[typeof reading === 'string' ? reading : reading.row];
    if (row === undefined) throw new Error(`method ${program.method} has no row ${JSON.stringify(reading)}`);
    if (typeof reading !== 'string') {
      const lists = reading.read(row.values, batch);
      comparison.checkNumbers(key, lists.flat(), matching(expected, key, lists.map((one) => one.length)));
    } else if (row.shape === 'step') {
      const kept = Array.from(row.values).filter((_, i) => i % maximumSteps < batch.stepCount_N[Math.floor(i / maximumSteps)]!);
      comparison.checkNumbers(key, kept, matching(expected, key, batch.stepCount_N));
    } else if (row.shape === 'token') {
      comparison.checkNumbers(key, row.values, matching(expected, key, Array.from({ length: answers }, () => width)));
    } else {
      comparison.checkNumbers(key, row.values, flatten(expected, key));
    }
  }
}

/** Rows of the given lengths, end to end. */
function matching(expected: unknown, key: string, lengths: readonly number[]): Float32Array {
  const found = Array.isArray(expected) ? expected.map((row: unknown) => (Array.isArray(row) ? row.length : -1)) : [];
  if (found.join() !== lengths.join()) throw new FormatError(`expected.${key}`, `has rows of ${found.join(', ')}; ${lengths.join(', ')} is what the inputs give`);
  return flatten(expected, key);
}

function flatten(expected: unknown, key: string): Float32Array {
  const lists = Array.isArray(expected) ? (expected as unknown[]).flat(8) : [expected];
  return Float32Array.from(lists, (one) => readNumber(one, `expected.${key}`));
}
