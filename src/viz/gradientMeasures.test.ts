import { expect, it } from 'vitest';
import type { PartialUpdate } from './channel';
import { carriersOf, clippedTokens, gradientChannel, measureAt } from './gradientMeasures';

/** Two answers of two and one tokens; the last cell is padding and holds rubbish. */
const UPDATE: PartialUpdate = {
  sample: { problems_P: [{ prompt: '', answer: '' }], answers: 2, width: 2, problem_N: new Uint32Array(2), tokens_NT: new Uint32Array(4), lengths_N: Uint32Array.of(2, 1), finished_N: new Uint8Array(2), samplerLogprobs_NT: new Float32Array(4) },
  score: { outcome_N: new Float32Array(2), oldLogprobs_NT: Float32Array.of(Math.log(0.5), 0, Math.log(0.25), 9), entropy_NT: new Float32Array(4), samplerGap: 0 },
  gradient: {
    loss: 0, policyLoss: 0, kl: 0, clipShare: 0, gradientNorm: 0, firstRatioError: 0,
    coefficient_NT: Float32Array.of(-0.5, 2, 1.5, 99), ratio_NT: Float32Array.of(1, 1.0001, 2, 9), isClipped_NT: Uint8Array.of(1, 0, 0, 1),
  },
};

it('turns the coefficient’s sign, so that above 0 is likelier, and has nothing past the end', () => {
  const at = (answer: number, token: number) => measureAt(UPDATE, { answer, token }, 'coefficient');
  expect([at(0, 0), at(0, 1), at(1, 0), at(1, 1), at(2, 0), at(0, -1)]).toEqual([0.5, -2, -1.5, Number.NaN, Number.NaN, Number.NaN]);
  expect(measureAt({ sample: UPDATE.sample }, { answer: 0, token: 0 }, 'coefficient')).toBeNaN();
});

it('pushes a logit by push × (1 − p), and a certain token not at all', () => {
  // p = 0.5, 1 (rounded up), 2 × 0.25
  const pushes = ([[0, 0], [0, 1], [1, 0]] as const).map(([answer, token]) => measureAt(UPDATE, { answer, token }, 'push'));
  expect(pushes[0]).toBeCloseTo(0.25, 6);
  expect(pushes[1]).toBeCloseTo(0, 6);
  expect(pushes[2]).toBeCloseTo(-0.75, 6);
});

it('ranks who carries the most, and how many carry half', () => {
  const { total, tokens, toHalf, largest } = carriersOf(UPDATE, 'coefficient');
  expect([total, tokens, toHalf]).toEqual([4, 3, 1]);
  expect(largest).toEqual([
    { place: { answer: 0, token: 1 }, value: -2, share: 0.5 }, { place: { answer: 1, token: 0 }, value: -1.5, share: 0.375 }, { place: { answer: 0, token: 0 }, value: 0.5, share: 0.125 },
  ]);
  expect(carriersOf(UPDATE, 'push').largest[0]!.place).toEqual({ answer: 1, token: 0 });
  expect(carriersOf(UPDATE, 'coefficient', 1).largest).toHaveLength(1);
});

it('paints magnitudes as shares that add up to one', () => {
  const channel = gradientChannel(UPDATE, 'magnitude');
  const shares = ([[0, 0], [0, 1], [1, 0]] as const).map(([answer, token]) => channel.valueAt(UPDATE, { answer, token }));
  expect(shares).toEqual([0.125, 0.5, 0.375]);
  expect(channel.kind).toBe('magnitude');
  expect(gradientChannel(UPDATE, 'coefficient').id).toBe('coefficient');
});

it('says nothing of an update without a gradient, and of one that is zero', () => {
  expect(carriersOf({ sample: UPDATE.sample }, 'push')).toEqual({ total: 0, tokens: 0, toHalf: 0, largest: [] });
  const zero = { ...UPDATE, gradient: { ...UPDATE.gradient!, coefficient_NT: new Float32Array(4) } };
  expect(carriersOf(zero, 'coefficient')).toEqual({ total: 0, tokens: 3, toHalf: 0, largest: [] });
  expect(gradientChannel(zero, 'magnitude').valueAt(zero, { answer: 0, token: 0 })).toBe(0);
});

it('counts clipped tokens of answers only', () => {
  expect(clippedTokens(UPDATE)).toBe(1);
});
