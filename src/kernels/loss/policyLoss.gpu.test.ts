import { expect, test } from 'vitest';
import type { Executor } from '../../gpu/executor';
import { runKernel, testExecutors } from '../../gpu/testing';
import text from '../../../e2e/fixtures/policy_losses.json?raw';
import { aggregationScalars, aggregationWeights, AGGREGATIONS, type AggregationMode } from './aggregationWeights';
import { expectClose, floats, parseFixture, shape, words, type Fields } from './fixtureTesting';
import { KL_ESTIMATORS, klScalars, type KlEstimator } from './klEstimate';
import { klPenalty } from './klPenalty';
import { maskedSumFinish } from './maskedSumFinish';
import { maskedSumPartial } from './maskedSumPartial';
import { CLIP_FLAG, policyLoss, policyLossScalars, type PolicyLossOptions } from './policyLoss';
import { rlooSequenceLoss } from './rlooSequenceLoss';
import { sequenceRatio } from './sequenceRatio';

type Floats = Float32Array<ArrayBuffer>;
interface Batch { readonly logprobs: Floats; readonly old_logprobs: Floats; readonly ref_logprobs: Floats; readonly advantages: Floats; readonly mask: Uint32Array<ArrayBuffer>; readonly length: number }

const { batches, cases } = parseFixture(text);
const batchOf = (fields: Fields): Batch => ({
  logprobs: floats(fields.logprobs), old_logprobs: floats(fields.old_logprobs), ref_logprobs: floats(fields.ref_logprobs),
  advantages: floats(fields.advantages), mask: words(fields.mask), length: shape(fields.mask)[1]!,
});
const empty = (batch: Batch): Floats => new Float32Array(batch.mask.length);
const rowsOf = (batch: Batch): number => batch.mask.length / batch.length;

async function weightsOf(executor: Executor, batch: Batch, mode: AggregationMode, norm: number | null): Promise<Floats> {
  const { weights } = await runKernel(executor, aggregationWeights, { mask: batch.mask, weights: empty(batch) },
    { rows: rowsOf(batch), length: batch.length, ...aggregationScalars(mode, { mask_NT: batch.mask, length: batch.length, norm }) });
  return weights as Floats;
}

async function sum(executor: Executor, values: Floats, weights: Floats, PARTIALS = 7): Promise<number> {
  const { partials } = await runKernel(executor, maskedSumPartial, { values, weights, partials: new Float32Array(PARTIALS) }, { count: values.length, PARTIALS });
  const { totals } = await runKernel(executor, maskedSumFinish, { partials, totals: new Float32Array(3) }, { slot: 2, accumulate: 0, PARTIALS });
  return totals[2]!;
}

interface Terms { readonly options?: PolicyLossOptions; readonly kl?: { readonly kind: KlEstimator; readonly beta: number; readonly isClamped: boolean } }

async function lossOf(executor: Executor, batch: Batch, weights: Floats, { options, kl }: Terms) {
  const { logprobs, advantages, mask, length } = batch;
  const count = mask.length;
  let [loss, d_logprob, ratio, flags] = [empty(batch), empty(batch), empty(batch), new Uint32Array(count)];
  let [old_logprobs, sequence] = [batch.old_logprobs, new Float32Array(rowsOf(batch))];
  if (options?.loss === 'gspo') {
    const shifted = await runKernel(executor, sequenceRatio, { logprobs, old_logprobs, mask, shifted_old_logprobs: empty(batch), ratio: sequence }, { rows: rowsOf(batch), length });
    [old_logprobs, sequence] = [shifted.shifted_old_logprobs, shifted.ratio] as [Floats, Floats];
  }
  if (options !== undefined) {
    const got = await runKernel(executor, policyLoss, { logprobs, old_logprobs, advantages, weights, loss, d_logprob, ratio, flags }, { count, ...policyLossScalars(options) });
    [loss, d_logprob, ratio, flags] = [got.loss, got.d_logprob, got.ratio, got.flags] as [Floats, Floats, Floats, typeof flags];
  }
  let klTerms = empty(batch);
  if (kl !== undefined) {
    const got = await runKernel(executor, klPenalty, { logprobs, ref_logprobs: batch.ref_logprobs, weights, kl: klTerms, loss, d_logprob },
      { count, beta: kl.beta, ...klScalars(kl.kind, kl.isClamped) });
    [klTerms, loss, d_logprob] = [got.kl, got.loss, got.d_logprob] as [Floats, Floats, Floats];
  }
  return { loss, d_logprob, ratio, flags, sequence, kl: klTerms };
}

const optional = (value: unknown): number | null => (value as number | null | undefined) ?? null;

function optionsOf(inputs: Fields): PolicyLossOptions | undefined {
  const { loss, clip_low, clip_high, clip_c, ratio_min, ratio_max } = inputs;
  switch (loss) {
    case 'ppo':
    case 'gspo': return { loss, clipLow: clip_low as number, clipHigh: clip_high as number, dualClip: optional(clip_c), logRatioLimit: null };
    case 'cispo': return { loss, ratioMin: optional(ratio_min), ratioMax: optional(ratio_max), logRatioLimit: null };
    case 'reinforce': return { loss };
    default: return undefined;
  }
}

test.each(cases.filter((one) => one.inputs.loss !== 'rloo_sequence'))('$name', async ({ inputs, expected, tolerance }) => {
  const batch = batchOf(batches[inputs.batch as string]!);
  const kind = inputs.kl_kind as KlEstimator | undefined;
  const beta = (inputs.kl_beta as number | undefined) ?? 1;
  const options = optionsOf(inputs);
  for (const executor of await testExecutors()) {
    const weights = await weightsOf(executor, batch, inputs.aggregation as AggregationMode, optional(inputs.norm));
    const got = await lossOf(executor, batch, weights, { options, ...(kind && { kl: { kind, beta, isClamped: inputs.clamped === true } }) });
    const check = (key: string, values: ArrayLike<number>) => {
      if (expected[key] !== undefined && expected[key] !== null) expectClose(values, expected[key], tolerance, `${executor.kind} ${key}`);
    };
    const tokens = batch.mask.reduce((total, one) => total + one, 0);
    const shareOf = (flag: number) => got.flags.reduce((total, one) => total + Number((one & flag) !== 0), 0) / tokens;
    check('grad_logprobs', got.d_logprob);
    check('per_token_loss', got.loss);
    check('ratio', got.ratio);
    check('seq_ratio', got.sequence);
    check('kl_per_token', got.kl);
    check('kl_aggregated', [await sum(executor, got.kl, weights)]);
    check('loss', [await sum(executor, got.loss, weights)]);
    check('clipfrac', [shareOf(CLIP_FLAG.clipped)]);
    check('clipfrac_dual', [shareOf(CLIP_FLAG.dual)]);
    check('approx_kl', [batch.mask.reduce((total, one, i) => total + one * (batch.old_logprobs[i]! - batch.logprobs[i]!), 0) / tokens]);
  }
});

test.each(cases.filter((one) => one.inputs.loss === 'rloo_sequence'))('$name', async ({ inputs, expected, tolerance }) => {
  const batch = batchOf(batches[inputs.batch as string]!);
  const rows = rowsOf(batch);
  for (const executor of await testExecutors()) {
    const { logprobs, old_logprobs, advantages, mask, length } = batch;
    const got = await runKernel(executor, rlooSequenceLoss, {
      logprobs, old_logprobs, advantages, mask, loss: new Float32Array(rows), ratio: new Float32Array(rows), flags: new Uint32Array(rows), d_logprob: empty(batch),
    }, { rows, length, ratio_min: 1 - (inputs.clip_low as number), ratio_max: 1 + (inputs.clip_high as number), coefficient: 1 / rows });
    expectClose(got.loss, expected.per_sequence_loss, tolerance, `${executor.kind} loss`);
    expectClose(got.ratio, expected.seq_ratio, tolerance, `${executor.kind} ratio`);
    expectClose(got.d_logprob, expected.grad_logprobs, tolerance, `${executor.kind} gradient`);
    expectClose([await sum(executor, got.loss as Floats, new Float32Array(rows).fill(1 / rows))], expected.loss, tolerance, `${executor.kind} mean`);
  }
});

// A batch of strange rows: full, empty, holes, one token; NaN wherever the mask is 0, large log ratios in places.
const STRANGE_MASK = [1, 1, 1, 1, 1, /**/ 0, 0, 0, 0, 0, /**/ 0, 1, 0, 1, 1, /**/ 0, 0, 0, 0, 1];
function strangeBatch(): Batch {
  const make = (value: (i: number) => number) => Float32Array.from(STRANGE_MASK, (one, i) => (one === 0 ? NaN : value(i)));
  const old_logprobs = make((i) => -2 - Math.sin(3 * i));
  return {
    old_logprobs, logprobs: make((i) => old_logprobs[i]! + (i === 3 ? 2.5 : 0.6 * Math.cos(2 * i + 0.3))), ref_logprobs: make((i) => old_logprobs[i]! + (i === 4 ? 4 : 0.8 * Math.sin(7 * i))),
    advantages: make((i) => (i === 3 ? -1.5 : Math.cos(5 * i) + 0.2)), mask: Uint32Array.from(STRANGE_MASK), length: 5,
  };
}

/** Weight of token i by the words of the reference format, in float64. */
function weightByDefinition(mode: AggregationMode, i: number, norm: number): number {
  if (STRANGE_MASK[i] === 0) return 0;
  const inRow = [5, 0, 3, 1][Math.floor(i / 5)]!;
  return { 'token-mean': 1 / 9, 'seq-mean-token-mean': 1 / inRow / 3, 'seq-mean-token-sum': 1 / 3, 'seq-mean-token-sum-norm': 1 / norm, dr_grpo: 1 / (4 * norm) }[mode];
}

const KL_BY_DEFINITION: Readonly<Record<string, (x: number) => number>> = {
  k1: (x) => x, k2: (x) => x ** 2 / 2, k3: (x) => Math.exp(-x) + x - 1, abs: Math.abs,
};

test.each(AGGREGATIONS)('%s over empty rows and holes: weights by definition', async (mode) => {
  const batch = strangeBatch();
  for (const executor of await testExecutors()) {
    const wanted = STRANGE_MASK.map((_, i) => weightByDefinition(mode, i, 12));
    expectClose(await weightsOf(executor, batch, mode, 12), wanted, { mode: 'elementwise', rtol: 1e-6, atol: 0 }, executor.kind);
    const masked = { ...batch, mask: new Uint32Array(20) };
    expect([...await weightsOf(executor, masked, mode, null)]).toEqual(new Array(20).fill(0));
  }
});

test.each(['k1', 'k2', 'k3', 'abs'] as const)('dual-clipped PPO with %s: gradient equals finite differences in float64, NaN under the mask stays out', async (kind) => {
  const batch = strangeBatch();
  const token = (i: number, logprob: number) => {
    const r = Math.exp(logprob - batch.old_logprobs[i]!);
    const a = batch.advantages[i]!;
    const loss = -Math.min(r * a, Math.min(Math.max(r, 0.8), 1.28) * a);
    return (a < 0 ? Math.min(loss, -3 * a) : loss) + 0.1 * KL_BY_DEFINITION[kind]!(logprob - batch.ref_logprobs[i]!);
  };
  const at = (i: number, shift: number) => weightByDefinition('seq-mean-token-mean', i, 5) * token(i, batch.logprobs[i]! + shift);
  const wanted = STRANGE_MASK.map((one, i) => (one === 0 ? 0 : (at(i, 1e-6) - at(i, -1e-6)) / 2e-6));
  const options: PolicyLossOptions = { loss: 'ppo', clipLow: 0.2, clipHigh: 0.28, dualClip: 3, logRatioLimit: null };
  for (const executor of await testExecutors()) {
    const weights = await weightsOf(executor, batch, 'seq-mean-token-mean', null);
    const got = await lossOf(executor, batch, weights, { options, kl: { kind, beta: 0.1, isClamped: false } });
    expectClose(got.d_logprob, wanted, { mode: 'elementwise', rtol: 2e-5, atol: 1e-6 }, executor.kind);
    const total = STRANGE_MASK.reduce((all, one, i) => (one === 0 ? all : all + at(i, 0)), 0);
    expect(await sum(executor, got.loss, weights)).toBeCloseTo(total, 5);
    expect(got.flags[3]).toBe(CLIP_FLAG.dual);
  }
});

test('a clip range scaled token by token: gradient equals finite differences in float64, a factor of 1 is plain PPO to the bit', async () => {
  const batch = strangeBatch();
  const scales = Float32Array.from(STRANGE_MASK, (_, i) => [0, 0.7, 1, 1.3, 2][(i * 3) % 5]!);
  const token = (i: number, logprob: number) => {
    const r = Math.exp(logprob - batch.old_logprobs[i]!);
    const a = batch.advantages[i]!;
    return -Math.min(r * a, Math.min(Math.max(r, 1 - scales[i]! * 0.2), 1 + scales[i]! * 0.28) * a);
  };
  const settings = { clipLow: 0.2, clipHigh: 0.28, dualClip: null, logRatioLimit: null };
  for (const executor of await testExecutors()) {
    const run = (loss: 'ppo' | 'ppo_scaled', ratio: Floats) => runKernel(executor, policyLoss, {
      logprobs: batch.logprobs, old_logprobs: batch.old_logprobs, advantages: batch.advantages, weights: Float32Array.from(STRANGE_MASK, (mask, i) => (mask * (i + 1)) / 50),
      loss: empty(batch), d_logprob: empty(batch), ratio, flags: new Uint32Array(STRANGE_MASK.length),
    }, { count: STRANGE_MASK.length, ...policyLossScalars({ loss, ...settings }) });
    const got = await run('ppo_scaled', scales.slice());
    expectClose(got.loss, STRANGE_MASK.map((mask, i) => (mask === 0 ? 0 : token(i, batch.logprobs[i]!))), { mode: 'elementwise', rtol: 2e-6, atol: 1e-6 }, executor.kind);
    const wanted = STRANGE_MASK.map((mask, i) => (mask === 0 ? 0 : (((i + 1) / 50) * (token(i, batch.logprobs[i]! + 1e-6) - token(i, batch.logprobs[i]! - 1e-6))) / 2e-6));
    expectClose(got.d_logprob, wanted, { mode: 'elementwise', rtol: 2e-5, atol: 1e-6 }, executor.kind);
    expect([...got.ratio].every((ratio, i) => (STRANGE_MASK[i] === 0 ? ratio === 0 : Math.abs(ratio / Math.exp(batch.logprobs[i]! - batch.old_logprobs[i]!) - 1) < 1e-5))).toBe(true);
    const [plain, ones] = [await run('ppo', empty(batch)), await run('ppo_scaled', empty(batch).fill(1))];
    for (const name of ['loss', 'd_logprob', 'ratio', 'flags'] as const) expect([...ones[name]]).toEqual([...plain[name]]);
    expect([...got.loss]).not.toEqual([...plain.loss]);
  }
});

const one = (value: number) => Float32Array.of(value);
const single = (over: Partial<Record<'logprobs' | 'old_logprobs' | 'ref_logprobs' | 'advantages', number>>): Batch => ({
  logprobs: one(over.logprobs ?? 0), old_logprobs: one(over.old_logprobs ?? 0), ref_logprobs: one(over.ref_logprobs ?? 0), advantages: one(over.advantages ?? 0),
  mask: Uint32Array.of(1), length: 1,
});

test.each([
  // kind, clamped, log ratio to the reference, value, slope; k3 of -2 is e^2 - 3
  ['k3', false, -2, 4.3890561, -6.3890561], ['k3', true, -2, 4.3890561, -6.3890561], ['k3', true, -4, 10, 0], ['k3', false, -4, 49.59815, -53.59815],
  ['k3+', true, -4, 10, -4], ['k1+', true, -4, -4, -4], ['k1', true, 25, 20, 0], ['k2', true, -25, 200, 0], ['abs', true, -3, 3, -1], ['abs', false, 0, 0, 0],
  ['k3', false, 0.001, 4.998334e-7, 9.995002e-4], ['k2', false, 25, 312.5, 25],
] as const)('%s, clamped %s, at a log ratio of %d: %d with slope %d', async (kind, isClamped, x, value, slope) => {
  const batch = single({ logprobs: x, ref_logprobs: 0 });
  for (const executor of await testExecutors()) {
    const got = await lossOf(executor, batch, one(0.5), { kl: { kind, beta: 2, isClamped } });
    expectClose([got.kl[0]!, got.loss[0]!, got.d_logprob[0]!], [value, 2 * value, slope], { mode: 'elementwise', rtol: 2e-6, atol: 0 }, executor.kind);
  }
});

test('the log-ratio limit holds the ratio and stops the gradient; a ratio of exactly 1 is not clipped', async () => {
  const options = { loss: 'ppo', clipLow: 0.2, clipHigh: 0.2, dualClip: null, logRatioLimit: 2 } as const;
  for (const executor of await testExecutors()) {
    const outside = await lossOf(executor, single({ logprobs: -1, old_logprobs: -4, advantages: -1 }), one(1), { options });
    expectClose([outside.ratio[0]!, outside.loss[0]!], [Math.exp(2), Math.exp(2)], { mode: 'elementwise', rtol: 1e-6, atol: 0 }, executor.kind);
    expect(outside.d_logprob[0]).toBe(0);
    const same = await lossOf(executor, single({ logprobs: -1.7, old_logprobs: -1.7, advantages: 2 }), one(0.25), { options });
    expect([same.ratio[0], same.loss[0], same.d_logprob[0], same.flags[0]]).toEqual([1, -2, -0.5, 0]);
  }
});

test('a sequence ratio over holes and an empty row; masked NaN stays out of RLOO too', async () => {
  const batch = { ...strangeBatch(), advantages: new Float32Array(20).fill(0.5) };
  const logRatio = (row: number) => [0, 1, 2, 3, 4].reduce((total, t) => (STRANGE_MASK[row * 5 + t] === 0 ? total : total + batch.logprobs[row * 5 + t]! - batch.old_logprobs[row * 5 + t]!), 0);
  for (const executor of await testExecutors()) {
    const weights = await weightsOf(executor, batch, 'token-mean', null);
    const gspo = await lossOf(executor, batch, weights, { options: { loss: 'gspo', clipLow: 1, clipHigh: 9, dualClip: null, logRatioLimit: null } });
    const tolerance = { mode: 'elementwise', rtol: 1e-5, atol: 1e-6 } as const;
    expectClose(gspo.sequence, [Math.exp(logRatio(0) / 5), 1, Math.exp(logRatio(2) / 3), Math.exp(logRatio(3))], tolerance, `${executor.kind} gspo`);
    expectClose(gspo.d_logprob, STRANGE_MASK.map((used, i) => (used === 0 ? 0 : (-0.5 * gspo.sequence[Math.floor(i / 5)]!) / 9)), tolerance, `${executor.kind} gradient`);
    const { logprobs, old_logprobs, advantages, mask, length } = batch;
    const rloo = await runKernel(executor, rlooSequenceLoss, {
      logprobs, old_logprobs, advantages, mask, loss: new Float32Array(4), ratio: new Float32Array(4), flags: new Uint32Array(4), d_logprob: empty(batch),
    }, { rows: 4, length, ratio_min: 0, ratio_max: 100, coefficient: 0.25 });
    expectClose(rloo.ratio, [Math.exp(logRatio(0)), 1, Math.exp(logRatio(2)), Math.exp(logRatio(3))], tolerance, `${executor.kind} rloo`);
    expect([...rloo.d_logprob.slice(5, 10)]).toEqual([0, 0, 0, 0, 0]);
  }
});

test('a weighted sum leaves out what has no weight, also NaN', async () => {
  for (const executor of await testExecutors()) {
    for (const PARTIALS of [1, 3, 64]) expect(await sum(executor, Float32Array.of(1, NaN, 4, Infinity, -2), Float32Array.of(0.5, 0, 2, 0, 1), PARTIALS)).toBe(6.5);
  }
});

test('options that make no sense are refused', () => {
  const ppo = { loss: 'ppo', clipLow: 0.2, clipHigh: 0.2, dualClip: null, logRatioLimit: null } as const;
  expect(() => policyLossScalars({ ...ppo, clipLow: NaN })).toThrow(RangeError);
  expect(() => policyLossScalars({ ...ppo, dualClip: 0.5 })).toThrow(RangeError);
  expect(() => policyLossScalars({ ...ppo, logRatioLimit: 0 })).toThrow(RangeError);
  expect(() => policyLossScalars({ loss: 'sapo' } as never)).toThrow(RangeError);
  expect(() => klScalars('k4' as KlEstimator, false)).toThrow(RangeError);
  expect(() => klScalars('constructor' as KlEstimator, false)).toThrow(RangeError);
  expect(() => aggregationScalars('mean' as AggregationMode, { mask_NT: [1], length: 1, norm: null })).toThrow(RangeError);
  expect(() => aggregationScalars('dr_grpo', { mask_NT: [1], length: 1, norm: 0 })).toThrow(RangeError);
  expect(KL_ESTIMATORS).toHaveLength(6);
});
