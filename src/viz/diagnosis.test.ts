// Series made by hand: a quiet one shows nothing; each of the others is quiet but for one thing and shows exactly that.

import { describe, expect, test } from 'vitest';
import type { UpdateLine } from '../lab/record';
import { diagnose, layerName, wellUntil } from './diagnosis';

const SECONDS = { sample: 0, score: 0, critique: 0, credit: 0, gradient: 0, update: 0, test: 0 };
/** A run that learns: more reward, less entropy, some KL, gradients that go up and down. */
const quiet = (update: number): UpdateLine => ({
  update, reward: 0.4 + 0.5 * (1 - Math.exp(-update / 10)), accuracy: null, entropy: 0.2 * Math.exp(-update / 12) + 0.02, kl: 0.002 * update, clipShare: 0,
  gradNorm: 0.5, gradNormByLayer: [0.3, 0.4 + 0.2 * Math.sin(update), 0.3 + 0.1 * Math.cos(update), 0.2, 0.001], noSignalShare: Math.min(0.5, 0.02 * update),
  samplerGap: 2e-5, explainedVariance: update < 8 ? -0.05 : 0.3, seconds: SECONDS,
});
const series = (change: (update: number) => Partial<UpdateLine> = () => ({}), updates = 40): UpdateLine[] =>
  Array.from({ length: updates }, (_, i) => ({ ...quiet(i + 1), ...change(i + 1) }));
const found = (lines: readonly UpdateLine[], hasReference = true) => diagnose(lines, { hasReference });

test('a quiet run shows nothing, from its first line on', () => {
  for (let updates = 0; updates <= 40; updates++) expect(found(series(undefined, updates))).toEqual([]);
  expect(found(series(() => ({ explainedVariance: null, gradNormByLayer: null })))).toEqual([]);
});

describe('each sign alone', () => {
  test('entropy collapse: the sentence has the start, the end and the share of wrong answers', () => {
    const [one, ...more] = found(series((update) => (update > 20 ? { entropy: 0.004, reward: 0.25 } : {})));
    expect(more).toEqual([]);
    // the means of three: at 23 all three are low
    expect([one!.sign, one!.curve, one!.update, one!.until]).toEqual(['entropyCollapse', 'entropy', 23, 40]);
    expect(one!.sentence).toContain('from 0.190 to 0.00400 nats');
    expect(one!.sentence).toContain('75\u202f% of the answers are wrong');
  });

  test('low entropy with nearly all answers right is learning, not collapse', () => {
    expect(found(series((update) => (update > 20 ? { entropy: 0.004, reward: 0.95 } : {})))).toEqual([]);
  });

  test('KL blow-up: against the start of the run half a nat, against the old policy a twentieth', () => {
    const jump = series((update) => (update > 30 ? { kl: 0.9 } : {}));
    const [one, ...more] = found(jump);
    expect(more).toEqual([]);
    expect([one!.sign, one!.curve, one!.update]).toEqual(['klBlowUp', 'kl', 32]);
    expect(one!.sentence).toContain('0.620 nats a token');
    const small = series((update) => ({ kl: update > 30 ? 0.09 : 0.001 }));
    expect(found(small)).toEqual([]);
    expect(found(small, false).map(({ sign, update }) => [sign, update])).toEqual([['klBlowUp', 32]]);
  });

  test.each([[0.9, 'right'], [0.05, 'wrong']])('groups without signal at a mean reward of %f: most were %s', (reward, word) => {
    const [one, ...more] = found(series((update) => (update > 10 && update <= 20 ? { noSignalShare: 0.875, reward } : {})));
    expect(more).toEqual([]);
    // the mean of five is still above three quarters one update after the last such batch
    expect([one!.sign, one!.curve, one!.update, one!.until]).toEqual(['noSignal', 'noSignal', 15, 21]);
    expect(one!.sentence).toContain('87.5\u202f% of the groups');
    expect(one!.sentence).toContain(`most of them were ${word} throughout`);
  });

  test('sampler gap: one update is enough', () => {
    const [one, ...more] = found(series((update) => (update === 7 ? { samplerGap: 0.034 } : {})));
    expect(more).toEqual([]);
    expect([one!.sign, one!.curve, one!.update, one!.until]).toEqual(['samplerGap', 'samplerGap', 7, 7]);
    expect(one!.sentence).toContain('up to 0.0340');
  });

  test('explained variance: ten updates at or below a constant guess', () => {
    const [one, ...more] = found(series(() => ({ explainedVariance: -0.02 })));
    expect(more).toEqual([]);
    expect([one!.sign, one!.curve, one!.update]).toEqual(['explainedVariance', 'explainedVariance', 10]);
    expect(one!.sentence).toContain('−0.0200 on average over 10 updates');
  });

  test('gradient spike: names the layer that jumped most, once', () => {
    const [one, ...more] = found(series((update) => (update === 25 ? { gradNormByLayer: [0.5, 0.6, 0.5, 6, 0.001] } : {})));
    expect(more).toEqual([]);
    expect([one!.sign, one!.curve, one!.update]).toEqual(['gradientSpike', 'gradient:3', 25]);
    expect(one!.sentence).toContain('layer 3 has norm 6.00, 30 times the median 0.200 of the 10 updates before');
  });

  test('starved layer: next to nothing arrives; embedding and final norm do not count', () => {
    const [one, ...more] = found(series((update) => ({ gradNormByLayer: [0.3, 0.002, 0.3, 0.4, 1e-6].map((norm) => norm * (1 + 0.1 * Math.sin(update))) })));
    expect(more).toEqual([]);
    expect([one!.sign, one!.curve, one!.update]).toEqual(['starvedLayer', 'gradient:1', 5]);
    expect(one!.sentence).toMatch(/^Layer 1 gets a gradient of norm 0\.00\d+ where layer 3 gets 0\.\d+/);
  });
});

test('a sign that is back within five updates is the same finding; after a longer pause it is another', () => {
  const gapAt = (...updates: readonly number[]) => found(series((update) => (updates.includes(update) ? { samplerGap: 0.1 } : {}))).map(({ update, until }) => [update, until]);
  expect(gapAt(4, 9)).toEqual([[4, 9]]);
  expect(gapAt(4, 10)).toEqual([[4, 4], [10, 10]]);
});

test('where a run that went wrong was still well: before the fall, not only before its mark', () => {
  // in the quiet run entropy is half of its start at update 11; it collapses after 20
  const collapsed = found(series((update) => (update > 20 ? { entropy: 0.004, reward: 0.25 } : {})));
  expect([collapsed[0]!.update, wellUntil(collapsed, 40)]).toEqual([23, 11]);
  expect(wellUntil(found(series((update) => (update > 30 ? { kl: 0.9 } : {}))), 40)).toBe(30);
  // what is over, or is none of the learning rate's doing, is no reason to go back
  expect(wellUntil(found(series((update) => (update === 25 ? { gradNormByLayer: [0.5, 0.6, 0.5, 6, 0.001] } : {}))), 40)).toBe(40);
  expect(wellUntil(found(series(() => ({ explainedVariance: -0.02 }))), 40)).toBe(40);
});

test('findings of several signs come in the order of updates', () => {
  const lines = series((update) => ({ ...(update === 30 && { samplerGap: 1 }), ...(update > 33 && { kl: 2 }), ...(update === 12 && { gradNormByLayer: [50, 0.4, 0.3, 0.2, 0.001] }) }));
  expect(found(lines).map(({ sign }) => sign)).toEqual(['gradientSpike', 'samplerGap', 'klBlowUp']);
});

test('numbers that are not finite show nothing and break nothing', () => {
  expect(found(series(() => ({ entropy: Number.NaN, kl: Number.NaN, samplerGap: Number.NaN, explainedVariance: Number.NaN, gradNormByLayer: [Number.NaN, 0.2, Number.NaN, 0.2, 0.1] })))).toEqual([]);
});

test('names of layers', () => {
  expect([0, 1, 2, 3].map((index) => layerName(index, 4))).toEqual(['Embedding', 'Layer 1', 'Layer 2', 'Final norm and head']);
});
