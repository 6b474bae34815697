// The loss kernels in a row, as an update runs them, against the scalars of three whole GRPO updates (grpo_step.json).

import { expect, test } from 'vitest';
import { planBuffer } from '../../gpu/buffer';
import { readFloats, wordsOf } from '../../gpu/executor';
import { Plan } from '../../gpu/plan';
import { testExecutors } from '../../gpu/testing';
import text from '../../../e2e/fixtures/grpo_step.json?raw';
import { aggregationScalars, aggregationWeights, type AggregationMode } from './aggregationWeights';
import { entropyBonus } from './entropyBonus';
import { expectClose, flat, floats, parseFixture, shape, words, type Fields } from './fixtureTesting';
import { klScalars, type KlEstimator } from './klEstimate';
import { klPenalty } from './klPenalty';
import { maskedSumFinish } from './maskedSumFinish';
import { maskedSumPartial } from './maskedSumPartial';
import { CLIP_FLAG, policyLoss, policyLossScalars } from './policyLoss';

const { inputs, expected, tolerance } = parseFixture(text).cases[0]!;
const hyper = inputs.hyper as Fields;
const [rows, length] = shape(inputs.completion_mask) as [number, number];
const count = rows * length;
const PARTIALS = 64;

const buffer = (name: string, size = count, element: 'f32' | 'u32' = 'f32') => planBuffer(name, size, element);
const b = {
  mask: buffer('mask', count, 'u32'), weights: buffer('weights'), logprobs: buffer('logprobs'), old: buffer('old'), reference: buffer('reference'), advantages: buffer('advantages'),
  loss: buffer('loss'), d_logprob: buffer('d_logprob'), ratio: buffer('ratio'), flags: buffer('flags', count, 'u32'), kl: buffer('kl'), entropy: buffer('entropy'), d_entropy: buffer('d_entropy'),
  partials: buffer('partials', PARTIALS), totals: buffer('totals', 4),
};

function lossPlan(): Plan {
  const mask_NT = words(inputs.completion_mask);
  const plan = new Plan('loss').clear(b.totals);
  const sum = (values: typeof b.loss, slot: number, accumulate: number) => plan
    .call(maskedSumPartial, { values, weights: b.weights, partials: b.partials }, { count, PARTIALS })
    .call(maskedSumFinish, { partials: b.partials, totals: b.totals }, { slot, accumulate, PARTIALS });
  plan.call(aggregationWeights, { mask: b.mask, weights: b.weights }, { rows, length, ...aggregationScalars(hyper.aggregation as AggregationMode, { mask_NT, length, norm: hyper.norm as number | null }) });
  plan.call(policyLoss, { logprobs: b.logprobs, old_logprobs: b.old, advantages: b.advantages, weights: b.weights, loss: b.loss, d_logprob: b.d_logprob, ratio: b.ratio, flags: b.flags }, {
    count, ...policyLossScalars({ loss: 'ppo', clipLow: hyper.clip_low as number, clipHigh: hyper.clip_high as number, dualClip: hyper.clip_c as number, logRatioLimit: null }),
  });
  sum(b.loss, 0, 0);
  plan.call(klPenalty, { logprobs: b.logprobs, ref_logprobs: b.reference, weights: b.weights, kl: b.kl, loss: b.loss, d_logprob: b.d_logprob },
    { count, beta: hyper.kl_beta as number, ...klScalars(hyper.kl_kind as KlEstimator, false) });
  plan.call(entropyBonus, { entropy: b.entropy, weights: b.weights, loss: b.loss, d_entropy: b.d_entropy }, { count, bonus: hyper.entropy_coef as number });
  sum(b.kl, 1, 0);
  sum(b.loss, 2, 0);
  sum(b.loss, 3, 1);
  sum(b.loss, 3, 1);
  return plan;
}

test.each([0, 1, 2])('update %i: policy loss, KL, total loss and clipped shares', async (step) => {
  const wanted = (expected.steps as unknown as Fields[])[step]!;
  const mask = words(inputs.completion_mask);
  const advantage = flat(expected.advantages_per_response);
  for (const executor of await testExecutors()) {
    const plan = lossPlan();
    await executor.prepare(plan);
    executor.write(b.mask, mask);
    executor.write(b.logprobs, floats(wanted.logprobs));
    executor.write(b.old, floats(expected.old_logprobs));
    executor.write(b.reference, floats(inputs.ref_logprobs));
    executor.write(b.advantages, Float32Array.from({ length: count }, (_, i) => advantage[Math.floor(i / length)]!));
    // every token gets the mean entropy, whose mean is the mean entropy
    executor.write(b.entropy, new Float32Array(count).fill(wanted.mean_entropy as number));
    await executor.run(plan);
    const totals = await readFloats(executor, b.totals);
    const flags = wordsOf(await executor.read(b.flags));
    const tokens = mask.reduce((sum, one) => sum + one, 0);
    const share = (flag: number) => flags.reduce((sum, one) => sum + Number((one & flag) !== 0), 0) / tokens;
    const close = (got: number, key: string) => expectClose([got], [wanted[key] as number], tolerance.step_scalars!, `${executor.kind} ${key}`);
    close(totals[0]!, 'policy_loss');
    close(totals[1]!, 'kl_k3');
    close(totals[2]!, 'loss');
    close(share(CLIP_FLAG.clipped), 'clipfrac');
    close(share(CLIP_FLAG.dual), 'clipfrac_dual');
    expect(totals[3]).toBeCloseTo(2 * totals[2]!, 6);
    const weights = await readFloats(executor, b.weights);
    expectClose(await readFloats(executor, b.d_entropy), weights.map((one) => -0.01 * one), { mode: 'elementwise', rtol: 1e-6, atol: 0 }, `${executor.kind} d_entropy`);
    executor.release(...plan.buffers());
  }
});
