// Where the numbers of a credit row belong. A row has one number a token, a step, an answer, a problem, or one in all;
// this finds the number that stands over a token, and all the numbers that stand under a unit.

import type { CreditRow, RowShape, UpdateRecord } from '../lab/record';

export interface Geometry {
  readonly answers: number;
  readonly width: number;
  readonly problem_N: ArrayLike<number>;
  readonly lengths_N: ArrayLike<number>;
  readonly steps_NK: readonly (readonly (readonly [number, number])[])[];
}

export interface Place { readonly answer: number; readonly token: number }

export function geometryOf(update: Partial<UpdateRecord> & Pick<UpdateRecord, 'sample'>): Geometry {
  const { answers, width, problem_N, lengths_N } = update.sample;
  return { answers, width, problem_N, lengths_N, steps_NK: update.critique?.steps_NK ?? [] };
}

/** Index of the step that a token belongs to, -1 when it is in none. */
export function stepOf(geometry: Geometry, { answer, token }: Place): number {
  const steps = geometry.steps_NK[answer];
  return steps === undefined ? -1 : stepsOfTokens(steps, geometry.width)[token] ?? -1;
}

type Steps = Geometry['steps_NK'][number];
const knownSteps = new WeakMap<Steps, Int32Array>();

/** The step of each token, kept for each answer: a channel asks for every token of an update, and a long answer has hundreds of steps. */
function stepsOfTokens(steps: Steps, width: number): Int32Array {
  const known = knownSteps.get(steps);
  if (known?.length === width) return known;
  const steps_T = new Int32Array(width).fill(-1);
  // should two overlap, the first holds
  for (let step = steps.length - 1; step >= 0; step--) steps_T.fill(step, ...steps[step]!);
  knownSteps.set(steps, steps_T);
  return steps_T;
}

/** The row's number for this token; NaN where it has none. */
export function valueAt(row: Pick<CreditRow, 'shape' | 'values'>, geometry: Geometry, place: Place): number {
  const index = indexAt(row, geometry, place);
  return index < 0 ? Number.NaN : row.values[index] ?? Number.NaN;
}

/** All numbers of the row inside the unit (of shape `scope`) that this token belongs to, in order. */
export function valuesUnder(row: Pick<CreditRow, 'shape' | 'values'>, geometry: Geometry, scope: RowShape, place: Place): number[] {
  const found: number[] = [];
  const seen = new Set<number>();
  for (let answer = 0; answer < geometry.answers; answer++) {
    if (!isAnswerInside(geometry, scope, place, answer)) continue;
    for (let token = 0; token < geometry.lengths_N[answer]!; token++) {
      if (scope === 'step' && stepOf(geometry, { answer, token }) !== stepOf(geometry, place)) continue;
      if (scope === 'token' && token !== place.token) continue;
      const index = indexAt(row, geometry, { answer, token });
      if (index < 0 || seen.has(index)) continue;
      seen.add(index);
      found.push(row.values[index] ?? Number.NaN);
    }
  }
  return found;
}

function isAnswerInside(geometry: Geometry, scope: RowShape, place: Place, answer: number): boolean {
  if (scope === 'scalar') return true;
  if (scope === 'problem') return geometry.problem_N[answer] === geometry.problem_N[place.answer];
  return answer === place.answer;
}

function indexAt(row: Pick<CreditRow, 'shape' | 'values'>, geometry: Geometry, place: Place): number {
  const isInside = place.answer >= 0 && place.answer < geometry.answers && place.token >= 0 && place.token < geometry.lengths_N[place.answer]!;
  if (!isInside) return -1;
  switch (row.shape) {
    case 'token': return place.answer * geometry.width + place.token;
    case 'answer': return place.answer;
    case 'problem': return geometry.problem_N[place.answer]!;
    case 'scalar': return 0;
    case 'step': {
      const step = stepOf(geometry, place);
      return step < 0 ? -1 : stepOffset(row.values.length, geometry, place.answer) + step;
    }
    default: return row.shape satisfies never;
  }
}

/** Steps are stored ragged, one answer after the other, or padded to the same number an answer. */
function stepOffset(length: number, geometry: Geometry, answer: number): number {
  const { offsets, total } = raggedOffsets(geometry.steps_NK);
  return length === total ? offsets[answer] ?? 0 : answer * Math.floor(length / geometry.answers);
}

const knownOffsets = new WeakMap<Geometry['steps_NK'], { readonly offsets: readonly number[]; readonly total: number }>();

/** Kept for each record: a channel asks for every token of an update. */
function raggedOffsets(steps_NK: Geometry['steps_NK']): { readonly offsets: readonly number[]; readonly total: number } {
  const known = knownOffsets.get(steps_NK);
  if (known !== undefined) return known;
  let total = 0;
  const offsets = steps_NK.map((steps) => (total += steps.length) - steps.length);
  knownOffsets.set(steps_NK, { offsets, total });
  return { offsets, total };
}
