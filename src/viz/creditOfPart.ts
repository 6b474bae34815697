// A credit record laid out for another batch that holds some of the same answers, with a width and steps of its own: a unit there gets
// the number that stood over its first token here, 0 where none did.

import type { CreditRecord, CreditRow } from '../lab/record';
import { valueAt, type Geometry } from './creditGeometry';

/** `answer_N`: of each answer there, its index here. */
export function creditOfPart(credit: CreditRecord, here: Geometry, there: Geometry, answer_N: readonly number[]): CreditRecord {
  const rows = credit.rows.map((row) => ({ ...row, values: valuesOf(row, here, there, answer_N) }));
  const advantages = { shape: 'token', values: credit.advantages_NT } as const;
  return { ...credit, rows, advantages_NT: valuesOf(advantages, here, there, answer_N) };
}

function valuesOf(row: Pick<CreditRow, 'shape' | 'values'>, here: Geometry, there: Geometry, answer_N: readonly number[]): Float32Array {
  const at = (n: number, token: number): number => {
    const value = valueAt(row, here, { answer: answer_N[n]!, token });
    return Number.isNaN(value) ? 0 : value;
  };
  switch (row.shape) {
    case 'token': return Float32Array.from({ length: there.answers * there.width }, (_, i) => at(Math.floor(i / there.width), i % there.width));
    case 'step': return Float32Array.from(there.steps_NK.flatMap((steps, n) => steps.map(([start]) => at(n, start))));
    case 'answer': return Float32Array.from(answer_N, (_, n) => at(n, 0));
    case 'problem': return Float32Array.from({ length: Math.max(-1, ...Array.from(there.problem_N)) + 1 }, (_, problem) => at(Array.from(there.problem_N).indexOf(problem), 0));
    case 'scalar': return row.values.slice();
    default: return row.shape satisfies never;
  }
}
