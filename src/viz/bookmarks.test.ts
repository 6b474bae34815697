import { describe, expect, it } from 'vitest';
import type { UpdateRecord } from '../lab/record';
import { surprisesOf, surprisesOfRun } from './bookmarks';

/** Three answers of at most three tokens; what lies past an answer's end is never looked at. */
function update(advantages: readonly number[], logprobs: readonly number[] = advantages.map(() => -1)): UpdateRecord {
  return {
    sample: { answers: 3, width: 3, lengths_N: Uint32Array.of(3, 2, 1) },
    score: { oldLogprobs_NT: Float32Array.from(logprobs) },
    credit: { advantages_NT: Float32Array.from(advantages) },
  } as unknown as UpdateRecord;
}
const places = (found: readonly { readonly answer: number; readonly token: number }[]): string[] => found.map(({ answer, token }) => `${answer}.${token}`);

describe('the surprises of an update', () => {
  const credit = update([0.5, 2, 1.5, -1, 0.25, 99, -3, 99, 99]);
  it('are the largest advantage above 0 of each answer, largest first', () => {
    expect(places(surprisesOf(credit, 'success'))).toEqual(['0.1', '1.1']);
    expect(surprisesOf(credit, 'success')[0]).toEqual({ kind: 'success', answer: 0, token: 1, advantage: 2, logprob: -1 });
  });
  it('and the lowest below 0', () => expect(places(surprisesOf(credit, 'failure'))).toEqual(['2.0', '1.0']));
  it('of tokens that share the advantage, are the one that the policy held least likely', () => {
    const shared = update([1, 1, 1, 1, 1, 0, -1, 0, 0], [-0.5, -2, -0.25, -0.1, -3, -9, -1, -9, -9]);
    expect(places(surprisesOf(shared, 'success'))).toEqual(['1.1', '0.1']);
  });
  it('where nothing tells tokens apart, are the first', () => expect(places(surprisesOf(update([1, 1, 1, 1, 1, 0, 1, 0, 0]), 'success'))).toEqual(['0.0', '1.0', '2.0']));
  it('are none without credit, and never a token without a number', () => {
    expect(surprisesOf({ sample: credit.sample }, 'success')).toEqual([]);
    expect(surprisesOf(update(new Array(9).fill(0)), 'failure')).toEqual([]);
    expect(places(surprisesOf(update([Number.NaN, 1, 0, 0, 0, 0, 0, 0, 0]), 'success'))).toEqual(['0.1']);
  });
});

it('the surprises of a run are the largest of all updates, with the place of their update', () => {
  const run = [update([1, 0, 0, 3, 0, 0, 0, 0, 0]), update([0, 0, 0, 0, 0, 0, 0, 0, 0]), update([2, 0, 0, -4, 0, 0, 0.5, 0, 0])];
  expect(surprisesOfRun(run, 'success', 3).map(({ position, answer, advantage }) => [position, answer, advantage])).toEqual([[0, 1, 3], [2, 0, 2], [0, 0, 1]]);
  expect(surprisesOfRun(run, 'failure', 3).map(({ position }) => position)).toEqual([2]);
});
