// Device against twin at sizes that fill no workgroup and more than one, and NaN wherever the mask is 0.

import { expect, test } from 'vitest';
import type { ElementArray } from '../../gpu/buffer';
import { runKernel, testExecutors } from '../../gpu/testing';
import { streamKey, uniformAt } from '../../random/threefry';
import { aggregationScalars, aggregationWeights, AGGREGATIONS } from './aggregationWeights';
import { expectClose } from './fixtureTesting';
import { KL_ESTIMATORS, klScalars } from './klEstimate';
import { klInReward } from './klInReward';
import { klPenalty } from './klPenalty';
import { policyLoss, policyLossScalars, type PolicyLossOptions } from './policyLoss';
import { policyLogitsGrad } from './policyLogitsGrad';
import { sequenceRatio } from './sequenceRatio';
import { tokenStatistics } from './tokenStatistics';

const SIZES = [[1, 1], [7, 33], [33, 7], [50, 44]] as const;
const OPTIONS: readonly PolicyLossOptions[] = [
  { loss: 'ppo', clipLow: 0.2, clipHigh: 0.28, dualClip: 3, logRatioLimit: 1.5 }, { loss: 'cispo', ratioMin: null, ratioMax: 1.3, logRatioLimit: null }, { loss: 'reinforce' },
];

/** Numbers in [low, high), a stream for each name; NaN where the mask is 0. */
const random = (name: number, count: number, low: number, high: number, mask?: Uint32Array) =>
  Float32Array.from({ length: count }, (_, i) => (mask?.[i] === 0 ? NaN : low + (high - low) * uniformAt(streamKey(5, 'sampling', name), 0, i)));
const randomMask = (count: number) => Uint32Array.from(random(1, count, 0, 1), (one) => (one < 0.3 ? 0 : 1));
const close = (got: Record<string, ElementArray>, wanted: Record<string, ElementArray>, what: string) => {
  for (const [name, values] of Object.entries(wanted)) expectClose(got[name]!, [...values], { mode: 'tensor_max', rtol: 1e-5, atol: 1e-7 }, `${what} ${name}`);
};

test.each(SIZES)('token losses over %i rows of %i', async (rows, length) => {
  const count = rows * length;
  const mask = randomMask(count);
  const [cpu, webgpu] = await testExecutors();
  const inputs = { logprobs: random(2, count, -5, -1, mask), old_logprobs: random(3, count, -5, -1, mask), ref_logprobs: random(4, count, -5, -1, mask), advantages: random(6, count, -2, 2, mask) };
  const empty = () => new Float32Array(count);
  for (const mode of AGGREGATIONS) {
    const scalars = { rows, length, ...aggregationScalars(mode, { mask_NT: mask, length, norm: null }) };
    const run = (executor: typeof cpu | typeof webgpu) => runKernel(executor, aggregationWeights, { mask, weights: empty() }, scalars);
    close({ weights: (await run(webgpu)).weights }, { weights: (await run(cpu)).weights }, mode);
  }
  const weights = Float32Array.from(mask, (one) => one / count);
  const { logprobs, old_logprobs, ref_logprobs, advantages } = inputs;
  for (const options of OPTIONS) {
    const run = async (executor: typeof cpu | typeof webgpu) => {
      const { loss, d_logprob, ratio, flags } = await runKernel(executor, policyLoss, { logprobs, old_logprobs, advantages, weights, loss: empty(), d_logprob: empty(), ratio: empty(), flags: new Uint32Array(count) },
        { count, ...policyLossScalars(options) });
      return { loss, d_logprob, ratio, flags };
    };
    close(await run(webgpu), await run(cpu), options.loss);
  }
  for (const kind of KL_ESTIMATORS) for (const isClamped of [false, true]) {
    const runPenalty = async (executor: typeof cpu | typeof webgpu) => {
      const { kl, loss, d_logprob } = await runKernel(executor, klPenalty, { logprobs, ref_logprobs, weights, kl: empty(), loss: empty().fill(0.5), d_logprob: empty().fill(0.25) },
        { count, beta: 0.3, ...klScalars(kind, isClamped) });
      return { kl, loss, d_logprob };
    };
    close(await runPenalty(webgpu), await runPenalty(cpu), `${kind} penalty`);
    const runReward = async (executor: typeof cpu | typeof webgpu) => {
      const { token_rewards, sequence_kl } = await runKernel(executor, klInReward, { old_logprobs, ref_logprobs, mask, scores: random(7, rows, -1, 1), token_rewards: empty(), sequence_kl: new Float32Array(rows) },
        { rows, length, coefficient: 0.2, ...klScalars(kind, isClamped) });
      return { token_rewards, sequence_kl };
    };
    close(await runReward(webgpu), await runReward(cpu), `${kind} in the reward`);
  }
  const runSequence = async (executor: typeof cpu | typeof webgpu) => {
    const { shifted_old_logprobs, ratio } = await runKernel(executor, sequenceRatio, { logprobs, old_logprobs, mask, shifted_old_logprobs: empty(), ratio: new Float32Array(rows) }, { rows, length });
    return { shifted_old_logprobs, ratio };
  };
  close(await runSequence(webgpu), await runSequence(cpu), 'sequence ratio');
});

test.each([[1, 1], [7, 33], [50, 44], [3, 1031]])('statistics and gradient of %i rows over %i tokens', async (rows, VOCAB) => {
  const temperature = 0.8;
  const targets = Uint32Array.from(random(8, rows, 0, VOCAB));
  const run = async (executor: Awaited<ReturnType<typeof testExecutors>>[0 | 1]) => {
    const logits = random(9, rows * VOCAB, -8, 8);
    const { logprob, entropy, logsumexp } = await runKernel(executor, tokenStatistics, { logits, targets, logprob: new Float32Array(rows), entropy: new Float32Array(rows), logsumexp: new Float32Array(rows) }, { rows, temperature, VOCAB });
    const gradient = await runKernel(executor, policyLogitsGrad, { logits, targets, logsumexp, entropy, d_logprob: random(10, rows, -1, 1), d_entropy: random(11, rows, -1, 1) }, { rows, temperature, VOCAB });
    return { logprob, entropy, logsumexp, gradient: gradient.logits };
  };
  const [cpu, webgpu] = await testExecutors();
  const got = await run(webgpu);
  close(got, await run(cpu), 'statistics');
  // moving all logits of a row together changes nothing
  for (let row = 0; row < rows; row++) expect(Array.from(got.gradient).slice(row * VOCAB, (row + 1) * VOCAB).reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 5);
});
