// policy_losses: PPO with its clips, GSPO, CISPO, REINFORCE, RLOO on whole sequences, KL estimators, aggregation modes.

import { FormatError } from '../../../formats/formatError';
import { runKernel } from '../../../gpu/testing';
import { klScalars } from '../../../kernels/loss/klEstimate';
import { klPenalty } from '../../../kernels/loss/klPenalty';
import { CLIP_FLAG, policyLoss, policyLossScalars, type PolicyLossOptions } from '../../../kernels/loss/policyLoss';
import { rlooSequenceLoss } from '../../../kernels/loss/rlooSequenceLoss';
import { sequenceRatio } from '../../../kernels/loss/sequenceRatio';
import { hasAll, NotKnown, type CaseRun, type Family } from '../family';
import type { Fields } from '../fields';
import { aggregationOf, klKindOf, shareOf, tokenWeights, weightedSum, type Floats, type Words } from '../lossKernels';

const BATCH_ARRAYS = ['logprobs', 'old_logprobs', 'ref_logprobs', 'advantages'] as const;

interface Batch {
  readonly rows: number;
  readonly length: number;
  readonly mask: Words;
  array(name: (typeof BATCH_ARRAYS)[number]): Floats;
}

export const policyLosses: Family = {
  name: 'policy_losses',
  recognises: ({ inputs, expected }) => hasAll(inputs, 'logprobs', 'mask') && (hasAll(inputs, 'loss') || (hasAll(inputs, 'kl_kind') && hasAll(expected, 'kl_per_token'))),
  isHost: () => false,
  async run(run: CaseRun) {
    const { inputs } = run;
    // arrays of a batch serve several cases; those a loss has no use for change nothing
    inputs.ignore(...BATCH_ARRAYS);
    const batch = batchOf(inputs);
    return inputs.has('loss') && inputs.text('loss') === 'rloo_sequence' ? runSequences(run, batch) : runTokens(run, batch);
  },
};

function batchOf(inputs: Fields): Batch {
  const shape = inputs.tensor('mask', 2).shape as [number, number];
  return { rows: shape[0], length: shape[1], mask: inputs.mask('mask', shape), array: (name) => inputs.shaped(name, shape).data };
}

function optionsOf(inputs: Fields): PolicyLossOptions {
  const loss = inputs.text('loss');
  const clip = (): { clipLow: number; clipHigh: number } => ({ clipLow: inputs.number('clip_low'), clipHigh: inputs.number('clip_high') });
  try {
    const options = read();
    policyLossScalars(options);
    return options;
  } catch (error) {
    if (error instanceof RangeError) throw new NotKnown(error.message);
    throw error;
  }

  function read(): PolicyLossOptions {
    switch (loss) {
      case 'ppo':
      case 'gspo': return { loss, ...clip(), dualClip: inputs.numberOr('clip_c', null), logRatioLimit: null };
      case 'cispo': {
        if (inputs.has('clip_low') || inputs.has('clip_high')) return { loss, ratioMin: 1 - clip().clipLow, ratioMax: 1 + clip().clipHigh, logRatioLimit: null };
        return { loss, ratioMin: inputs.numberOr('ratio_min', null), ratioMax: inputs.numberOr('ratio_max', null), logRatioLimit: null };
      }
      case 'reinforce': return { loss };
      default: throw new NotKnown(`loss ${loss}`);
    }
  }
}

async function runTokens({ inputs, comparison, executor }: CaseRun, batch: Batch): Promise<void> {
  const { rows, length, mask } = batch;
  const count = mask.length;
  const logprobs = batch.array('logprobs');
  const { mode, norm } = aggregationOf(inputs);
  const weights = await tokenWeights(executor, mask, length, mode, norm);
  const hasLoss = inputs.has('loss');
  let [loss, d_logprob] = [new Float32Array(count), new Float32Array(count)];
  if (hasLoss) {
    const options = optionsOf(inputs);
    let old_logprobs = options.loss === 'reinforce' ? logprobs.slice() : batch.array('old_logprobs');
    if (options.loss === 'gspo') {
      const shifted = await runKernel(executor, sequenceRatio, { logprobs, old_logprobs, mask, shifted_old_logprobs: new Float32Array(count), ratio: new Float32Array(rows) }, { rows, length });
      old_logprobs = shifted.shifted_old_logprobs as Floats;
      comparison.check('seq_ratio', shifted.ratio, { shape: [rows] });
    }
    const made = await runKernel(executor, policyLoss, {
      logprobs, old_logprobs, advantages: batch.array('advantages'), weights, loss, d_logprob, ratio: new Float32Array(count), flags: new Uint32Array(count),
    }, { count, ...policyLossScalars(options) });
    [loss, d_logprob] = [made.loss as Floats, made.d_logprob as Floats];
    if (options.loss !== 'reinforce') comparison.check('ratio', made.ratio, { counts: mask });
    checkShare('clipfrac', CLIP_FLAG.clipped);
    checkShare('clipfrac_dual', CLIP_FLAG.dual);
    if (comparison.has('approx_kl')) comparison.check('approx_kl', meanOf(batch.array('old_logprobs').map((old, i) => old - logprobs[i]!), mask));
    if (comparison.has('policy_loss_only')) comparison.check('policy_loss_only', await weightedSum(executor, loss, weights));

    function checkShare(path: string, bit: number): void {
      const share = shareOf(made.flags, bit, mask);
      if (share !== null) comparison.check(path, share);
    }
  }
  if (inputs.has('kl_kind')) {
    const isClamped = inputs.flagOr('clamped', false);
    if (isClamped && hasLoss) throw new NotKnown('clamped log ratios in a policy loss');
    if (hasLoss && !inputs.has('kl_beta')) throw new FormatError('inputs.kl_beta', 'is missing');
    const beta = inputs.numberOr('kl_beta', 1);
    const made = await runKernel(executor, klPenalty, { logprobs, ref_logprobs: batch.array('ref_logprobs'), weights, kl: new Float32Array(count), loss, d_logprob },
      { count, beta, ...klScalars(klKindOf(inputs), isClamped) });
    [loss, d_logprob] = [made.loss as Floats, made.d_logprob as Floats];
    comparison.check('kl_per_token', made.kl, { counts: mask });
    comparison.check('kl_aggregated', await weightedSum(executor, made.kl as Floats, weights));
  }
  comparison.check('loss', await weightedSum(executor, loss, weights));
  comparison.check('per_token_loss', loss, { counts: mask });
  comparison.check('grad_logprobs', d_logprob);
}

async function runSequences({ inputs, comparison, executor }: CaseRun, batch: Batch): Promise<void> {
  const { rows, length, mask } = batch;
  const [low, high] = [inputs.number('clip_low'), inputs.number('clip_high')];
  const made = await runKernel(executor, rlooSequenceLoss, {
    logprobs: batch.array('logprobs'), old_logprobs: batch.array('old_logprobs'), advantages: batch.array('advantages'), mask,
    loss: new Float32Array(rows), ratio: new Float32Array(rows), flags: new Uint32Array(rows), d_logprob: new Float32Array(mask.length),
  }, { rows, length, ratio_min: 1 - low, ratio_max: 1 + high, coefficient: 1 / rows });
  comparison.check('per_sequence_loss', made.loss, { shape: [rows] });
  comparison.check('seq_ratio', made.ratio, { shape: [rows] });
  comparison.check('grad_logprobs', made.d_logprob);
  comparison.check('loss', await weightedSum(executor, made.loss as Floats, new Float32Array(rows).fill(1 / rows)));
}

function meanOf(values: Float32Array, mask: Words): number {
  const tokens = mask.reduce((sum, one) => sum + one, 0);
  return values.reduce((sum, one, i) => (mask[i] === 0 ? sum : sum + one), 0) / tokens;
}
