import { expect, it } from 'vitest';
import type { CreditRow } from '../lab/record';
import type { PartialUpdate } from './channel';
import { errorAt, gammaOf, trackPicture, trackScales, valueTrack } from './valueTrack';

const row = (id: string, shape: CreditRow['shape'], values: readonly number[], parameters = {}): CreditRow => ({ id, label: id, shape, formula: '', inputs: {}, parameters, values: Float32Array.from(values) });

function updateWith(rows: readonly CreditRow[]): PartialUpdate {
  return {
    sample: { problems_P: [{ prompt: '', answer: '' }], answers: 2, width: 3, problem_N: new Uint32Array(2), tokens_NT: new Uint32Array(6), lengths_N: Uint32Array.of(3, 2), finished_N: Uint8Array.of(1, 1), samplerLogprobs_NT: new Float32Array(6) },
    score: { outcome_N: Float32Array.of(1, 0), oldLogprobs_NT: new Float32Array(6), entropy_NT: new Float32Array(6), samplerGap: 0 },
    credit: { method: 'ppo', rows, advantages_NT: new Float32Array(6) },
  };
}
const V = row('V', 'token', [0.5, 0.75, 0.25, /**/ 0.5, 0.5, 9]);

it('goes by the outcome at the end where there is no row of rewards', () => {
  const update = updateWith([V]);
  expect(valueTrack(update, 0)).toEqual({ values: [0.5, 0.75, 0.25], returns: [1, 1, 1], errors: [0.25, -0.5, 0.75] });
  expect(valueTrack(update, 1)).toEqual({ values: [0.5, 0.5], returns: [0, 0], errors: [0, -0.5] });
});

it('discounts, and reads the program’s own rewards', () => {
  const update = updateWith([V, row('R', 'token', [0, 1, 2, 0, 0, 0]), row('raw', 'token', [0, 0, 0, 0, 0, 0], { gamma: 0.5, lambda: 1 })]);
  expect(gammaOf(update)).toBe(0.5);
  // G: 2; 1 + 0.5 × 2; 0.5 × 2. d: 2 − 0.25; 1 + 0.125 − 0.75; 0.375 − 0.5
  expect(valueTrack(update, 0)).toEqual({ values: [0.5, 0.75, 0.25], returns: [1, 2, 2], errors: [-0.125, 0.375, 1.75] });
});

it('adds up to the advantages of gae: with lambda 1 and no discount, return − value', () => {
  const { values, returns, errors } = valueTrack(updateWith([V]), 0)!;
  errors.forEach((_, token) => expect(errors.slice(token).reduce((sum, one) => sum + one, 0)).toBeCloseTo(returns[token]! - values[token]!, 12));
});

it('minds where episodes end and what a cut-off answer is worth', () => {
  const update = updateWith([V, row('R', 'token', [0, 1, 0, 0, 0, 0]), row('terminal', 'token', [0, 1, 0, 0, 0, 0]), row('bootstrapValues', 'answer', [0.5, 0.25])]);
  expect(valueTrack(update, 0)).toEqual({ values: [0.5, 0.75, 0.25], returns: [1, 1, 0.5], errors: [0.25, 0.25, 0.25] });
  expect(valueTrack(update, 1)!.errors).toEqual([0, -0.25]);
});

it('is nothing without a value model', () => {
  expect(valueTrack(updateWith([row('R', 'token', [0, 0, 0, 0, 0, 0])]), 0)).toBeUndefined();
});

it('draws V and the return as steps, errors up and down from their line', () => {
  const update = updateWith([V]);
  const tracks = [valueTrack(update, 0)!, valueTrack(update, 1)!];
  const scales = trackScales(update, tracks, [0, 1]);
  expect(scales).toEqual({ values: [0, 1], errors: 0.75 });
  const { valuePath, returnPath, width, lollipops, baseline, columns } = trackPicture(tracks[0]!, [24, 24, 30], scales);
  expect(width).toBe(81);
  // 0 lies at 28, 1 at 3
  expect(valuePath).toMatch(/^M0,15\.5L25,15\.5L25,9\.25L50,9\.25L50,21\.75L81,21\.75/);
  expect(returnPath).toMatch(/^M0,3L25,3L25,3L50,3L50,3L81,3/);
  expect(baseline).toBe(43);
  expect(lollipops.map(({ x }) => x)).toEqual([12, 37, 65]);
  expect(lollipops.map(({ y }) => Math.round(y * 100) / 100)).toEqual([39.33, 50.33, 32]);
  expect(columns).toEqual([{ token: 0, x: 0, width: 24 }, { token: 1, x: 25, width: 24 }, { token: 2, x: 50, width: 30 }]);
});

it('draws over the columns in sight as over all, and keeps the width of all', () => {
  const update = updateWith([V]);
  const track = valueTrack(update, 0)!;
  const scales = trackScales(update, [track], [0]);
  const [all, some] = [trackPicture(track, [24, 24, 30], scales), trackPicture(track, [24, 24, 30], scales, { first: 1, end: 2 })];
  expect([some.width, some.baseline]).toEqual([all.width, all.baseline]);
  expect(some.columns).toEqual([{ token: 1, x: 25, width: 24 }]);
  expect(some.lollipops).toEqual([all.lollipops[1]]);
  expect(some.valuePath).toMatch(/^M25,9\.25L50,9\.25/);
  expect(trackPicture(track, [24, 24, 30], scales, { first: 5, end: 9 })).toMatchObject({ width: 81, valuePath: '', returnPath: '', columns: [], lollipops: [] });
});

it('has a scale for as many tokens as there are', () => {
  const many = Array.from({ length: 200_000 }, (_, i) => i % 5);
  expect(trackScales(updateWith([V]), [{ values: many, returns: many, errors: many.map((one) => -one) }], [0])).toEqual({ values: [0, 4], errors: 4 });
});

it('gives the error of a token, and none where there is no token or no value', () => {
  const update = updateWith([V]);
  expect([errorAt(update, { answer: 0, token: 1 }), errorAt(update, { answer: 1, token: 1 })]).toEqual([-0.5, -0.5]);
  expect([errorAt(update, { answer: 1, token: 2 }), errorAt(update, { answer: 2, token: 0 }), errorAt(update, { answer: 0, token: -1 }), errorAt(updateWith([]), { answer: 0, token: 0 })]).toEqual(Array(4).fill(Number.NaN));
});
