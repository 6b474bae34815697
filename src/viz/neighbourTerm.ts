// In a formula {V›next} is what V is at the next token (or step) of the answer, and {V›previous} at the one before; a line may name itself so:
// {A›next}. Beyond the ends stands 0, and for an input other than the line itself the row bootstrapValues where the line has it; nothing
// follows a token that the row terminal marks.

import type { CreditRow } from '../lab/record';
import { stepOf, valueAt, type Geometry, type Place } from './creditGeometry';

export interface Term {
  /** of the row or parameter in the formula */
  readonly name: string;
  readonly neighbour?: 'next' | 'previous';
}

export function readTerm(text: string): Term {
  const match = /^(\w+)›(next|previous)$/.exec(text);
  return match === null ? { name: text } : { name: match[1]!, neighbour: match[2] as 'next' | 'previous' };
}

/** The row that a term of this line stands for. */
export function rowOfTerm(line: Pick<CreditRow, 'id' | 'inputs'>, { name, neighbour }: Term, rows: readonly CreditRow[]): CreditRow | undefined {
  const id = Object.hasOwn(line.inputs, name) ? line.inputs[name] : neighbour !== undefined && name === line.id ? line.id : undefined;
  return id === undefined ? undefined : rows.find((row) => row.id === id);
}

/** Where a line of this shape reads a term: at the token itself, or at its neighbour; undefined beyond the answer's ends. */
export function placeOfTerm({ neighbour }: Term, line: Pick<CreditRow, 'shape'>, geometry: Geometry, place: Place): Place | undefined {
  if (neighbour === undefined) return place;
  const { answer } = place;
  if (line.shape === 'step') {
    const step = stepOf(geometry, place);
    const span = step < 0 ? undefined : geometry.steps_NK[answer]?.[step + (neighbour === 'next' ? 1 : -1)];
    return span === undefined ? undefined : { answer, token: span[0] };
  }
  const token = place.token + (neighbour === 'next' ? 1 : -1);
  return token >= 0 && token < geometry.lengths_N[answer]! ? { answer, token } : undefined;
}

/** The number of a neighbour's term. */
export function neighbourNumber(term: Term, line: CreditRow, rows: readonly CreditRow[], geometry: Geometry, place: Place): number {
  const own = rowOfTerm(line, term, rows);
  if (own === undefined || !isInside(geometry, place)) return Number.NaN;
  const terminal = rowOfTerm(line, { name: 'terminal' }, rows);
  if (term.neighbour === 'next' && terminal !== undefined && valueAt(terminal, geometry, place) !== 0) return 0;
  const there = placeOfTerm(term, line, geometry, place);
  if (there !== undefined) return valueAt(own, geometry, there);
  const beyond = own === line || term.neighbour === 'previous' ? undefined : rowOfTerm(line, { name: 'bootstrapValues' }, rows);
  return beyond === undefined ? 0 : valueAt(beyond, geometry, place);
}

function isInside(geometry: Geometry, { answer, token }: Place): boolean {
  return token >= 0 && token < (geometry.lengths_N[answer] ?? 0);
}
