import { expect, it } from 'vitest';
import type { CreditRow } from '../lab/record';
import type { PartialUpdate } from './channel';
import { geometryOf } from './creditGeometry';
import { substituteFormula } from './substituteFormula';
import { linesWithTdError, tdErrorLine } from './tdErrorLine';

const row = (id: string, values: readonly number[], parameters = {}): CreditRow => ({ id, label: id, shape: 'token', formula: '', inputs: {}, parameters, values: Float32Array.from(values) });

function updateWith(rows: readonly CreditRow[]): PartialUpdate {
  return {
    sample: { problems_P: [{ prompt: '', answer: '' }], answers: 1, width: 3, problem_N: new Uint32Array(1), tokens_NT: new Uint32Array(3), lengths_N: Uint32Array.of(3), finished_N: Uint8Array.of(1), samplerLogprobs_NT: new Float32Array(3) },
    score: { outcome_N: Float32Array.of(1), oldLogprobs_NT: new Float32Array(3), entropy_NT: new Float32Array(3), samplerGap: 0 },
    credit: { method: 'ppo', rows, advantages_NT: new Float32Array(3) },
  };
}
const V = row('V', [0.5, 0.75, 0.25]);
const R = row('R', [0, 0, 1]);
const A = row('A', [0, 0, 0], { gamma: 0.5 });

it('stands after what it is made of, and its numbers give its result', () => {
  const update = updateWith([R, V, A]);
  expect(linesWithTdError(update).map(({ id }) => id)).toEqual(['R', 'V', 'tdError', 'A']);
  const { text, result } = substituteFormula(tdErrorLine(update)!, linesWithTdError(update), geometryOf(update), { answer: 0, token: 1 });
  expect(text).toBe('0 + 0.5 × 0.25 − 0.75');
  expect(result).toBe(-0.625);
});

it('has words for the reward where the program has no row of it, and is no line without values', () => {
  const update = updateWith([V, A]);
  expect(substituteFormula(tdErrorLine(update)!, linesWithTdError(update), geometryOf(update), { answer: 0, token: 2 })).toMatchObject({ text: 'reward + 0.5 × 0 − 0.25', result: 0.75 });
  expect(linesWithTdError(updateWith([R, A])).map(({ id }) => id)).toEqual(['R', 'A']);
});
