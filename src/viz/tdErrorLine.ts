// The TD error as a line of the credit program. The program adds these errors up without a line of their own; here stands what each is made of.

import type { CreditRow } from '../lab/record';
import { TD_ERROR, type PartialUpdate } from './channel';
import { valueRow } from './valueLine';
import { errorAt, gammaOf } from './valueTrack';

const linesOf = new WeakMap<PartialUpdate, CreditRow | undefined>();

/** Undefined where the method has no value model. */
export function tdErrorLine(update: PartialUpdate): CreditRow | undefined {
  if (!linesOf.has(update)) linesOf.set(update, lineOf(update));
  return linesOf.get(update);
}

function lineOf(update: PartialUpdate): CreditRow | undefined {
  const V = valueRow(update);
  if (V === undefined) return undefined;
  const inputs = Object.fromEntries((update.credit?.rows ?? []).filter(({ id, shape }) => (id === 'R' || id === 'terminal' ? shape === 'token' : id === 'bootstrapValues' && shape === 'answer')).map(({ id }) => [id, id]));
  const { answers, width } = update.sample;
  return {
    id: TD_ERROR.id, label: TD_ERROR.label, shape: 'token',
    // without a row of rewards the outcome stands on the last token
    formula: `${inputs['R'] === undefined ? 'reward' : '{R}'} + {gamma} × {${V.id}›next} − {${V.id}}`,
    inputs: { ...inputs, [V.id]: V.id }, parameters: { gamma: gammaOf(update) },
    values: Float32Array.from({ length: answers * width }, (_, i) => errorAt(update, { answer: Math.floor(i / width), token: i % width })),
  };
}

/** The program's lines, the TD error among them right after what it is made of. */
export function linesWithTdError(update: PartialUpdate): readonly CreditRow[] {
  const rows = update.credit?.rows ?? [];
  const line = tdErrorLine(update);
  if (line === undefined) return rows;
  const last = rows.findLastIndex(({ id }) => Object.values(line.inputs).includes(id));
  return [...rows.slice(0, last + 1), line, ...rows.slice(last + 1)];
}
