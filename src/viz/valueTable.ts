// What a value model said of the tokens, as a table: V before each, the return that came, the TD error, and the advantage made of them.

import type { PartialUpdate } from './channel';
import type { PanelTable } from './csv';
import { placesTable, type TokenColumn } from './tokenTable';
import { valueTrack } from './valueTrack';

/** `answers`: indices into the batch. Undefined where there is no value model. */
export function valueTable(update: PartialUpdate, alphabet: readonly string[], answers: readonly number[], number: number | undefined): PanelTable | undefined {
  const tracks = new Map(answers.map((answer) => [answer, valueTrack(update, answer)]));
  if ([...tracks.values()].includes(undefined)) return undefined;
  const of = (label: string, name: 'values' | 'returns' | 'errors'): TokenColumn => ({ label, valueAt: (_, { answer, token }) => tracks.get(answer)![name][token]! });
  const advantage: TokenColumn = { label: 'Advantage', valueAt: ({ credit, sample }, { answer, token }) => credit?.advantages_NT[answer * sample.width + token] ?? Number.NaN };
  return placesTable(`Value, return and TD error of ${answers.length} answers, token by token`, update, alphabet, [of('Value before', 'values'), of('Return', 'returns'), of('TD error', 'errors'), advantage], answers, number);
}
