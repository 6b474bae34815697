// Token-level policy losses with their gradient with respect to the log-probs: PPO (clip-higher, dual clip), CISPO, REINFORCE, and
// PPO whose clip range is scaled token by token: `ratio` then brings the factor and takes the ratio away (eight bindings are all there are);
// GSPO as PPO on the old log-probs that loss/sequence_ratio shifts. The whole-sequence loss of RLOO is loss/rloo_sequence_loss,
// the KL term loss/kl_penalty, the entropy bonus loss/entropy_bonus; both add to `loss` and to the gradients.
// Fixtures: policy_losses.json cases with `loss`: batch arrays -> bindings, aggregation -> weights (loss/aggregation_weights), the
// rest -> policyLossScalars; per_token_loss = loss, grad_logprobs = d_logprob, loss = sum W * loss (loss/masked_sum);
// clipfrac, clipfrac_dual = masked mean of flag 1, flag 2; approx_kl = masked mean of old - new.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/policy_loss.wgsl?raw';

const LOSS = { ppo: 0, cispo: 1, reinforce: 2, ppoScaled: 3 } as const;
export const CLIP_FLAG = { clipped: 1, dual: 2 } as const;

export const policyLoss = defineKernel({
  name: 'loss/policy_loss',
  bindings: {
    logprobs: read('f32'), old_logprobs: read('f32'), advantages: read('f32'), weights: read('f32'),
    loss: readWrite('f32'), d_logprob: readWrite('f32'), ratio: readWrite('f32'), flags: readWrite('u32'),
  },
  uniforms: { count: 'u32', ratio_min: 'f32', ratio_max: 'f32', dual_clip: 'f32', log_ratio_limit: 'f32' },
  constants: { LOSS: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ count }) => grid(count!) }],
  twin({ logprobs, old_logprobs, advantages, weights, loss, d_logprob, ratio, flags }, scalars) {
    const { count, ratio_min, ratio_max, dual_clip, log_ratio_limit } = scalars;
    for (let i = 0; i < count; i++) {
      const scale = ratio[i]!;
      loss[i] = d_logprob[i] = ratio[i] = flags[i] = 0;
      const weight = weights[i]!;
      if (weight === 0) continue;
      const advantage = advantages[i]!;
      const difference = logprobs[i]! - old_logprobs[i]!;
      const isLimited = log_ratio_limit > 0 && Math.abs(difference) > log_ratio_limit;
      const r = Math.exp(isLimited ? Math.sign(difference) * log_ratio_limit : difference);
      const isScaled = scalars.LOSS === LOSS.ppoScaled && scale !== 1;
      const clippedR = isScaled ? Math.min(Math.max(r, 1 - scale * (1 - ratio_min)), 1 + scale * (ratio_max - 1)) : Math.min(Math.max(r, ratio_min), ratio_max);
      ratio[i] = r;
      if (scalars.LOSS === LOSS.cispo || scalars.LOSS === LOSS.reinforce) {
        const factor = scalars.LOSS === LOSS.cispo ? -advantage * clippedR : -advantage;
        if (scalars.LOSS === LOSS.cispo && clippedR !== r) flags[i] = CLIP_FLAG.clipped;
        loss[i] = factor * logprobs[i]!;
        d_logprob[i] = factor * weight;
        continue;
      }
      const unclipped = -r * advantage;
      const clipped = -clippedR * advantage;
      const isClipped = clipped > unclipped;
      const isDual = advantage < 0 && dual_clip > 0 && Math.max(unclipped, clipped) > -dual_clip * advantage;
      loss[i] = isDual ? -dual_clip * advantage : Math.max(unclipped, clipped);
      d_logprob[i] = isClipped || isDual || isLimited ? 0 : unclipped * weight;
      flags[i] = (isClipped ? CLIP_FLAG.clipped : 0) + (isDual ? CLIP_FLAG.dual : 0);
    }
  },
});

export type PolicyLossOptions =
  /** ppo_scaled: the token's factor on the clip range stands in `ratio` */
  | { readonly loss: 'ppo' | 'gspo' | 'ppo_scaled'; readonly clipLow: number; readonly clipHigh: number; readonly dualClip: number | null; readonly logRatioLimit: number | null }
  /** a bound that is null is absent */
  | { readonly loss: 'cispo'; readonly ratioMin: number | null; readonly ratioMax: number | null; readonly logRatioLimit: number | null }
  | { readonly loss: 'reinforce' };

/** The scalars of the loss but `count`, checked. `gspo` still needs loss/sequence_ratio before it. */
export function policyLossScalars(options: PolicyLossOptions): { LOSS: number; ratio_min: number; ratio_max: number; dual_clip: number; log_ratio_limit: number } {
  const unbounded = { ratio_min: 0, ratio_max: 3e38, dual_clip: 0, log_ratio_limit: 0 };
  switch (options.loss) {
    case 'ppo':
    case 'gspo':
    case 'ppo_scaled': {
      const { clipLow, clipHigh, dualClip, logRatioLimit } = options;
      if (!(clipLow >= 0 && clipLow <= 1 && clipHigh >= 0)) throw new RangeError(`clip range -${clipLow}, +${clipHigh}: not 0 to 1 and 0 or more`);
      if (dualClip !== null && !(dualClip > 1)) throw new RangeError(`dual clip ${dualClip} is not above 1`);
      return { LOSS: options.loss === 'ppo_scaled' ? LOSS.ppoScaled : LOSS.ppo, ratio_min: 1 - clipLow, ratio_max: 1 + clipHigh, dual_clip: dualClip ?? 0, log_ratio_limit: limit(logRatioLimit) };
    }
    case 'cispo': {
      const { ratioMin, ratioMax, logRatioLimit } = options;
      const bounds = { ratio_min: ratioMin ?? unbounded.ratio_min, ratio_max: ratioMax ?? unbounded.ratio_max };
      if (!(bounds.ratio_min >= 0 && bounds.ratio_max > bounds.ratio_min)) throw new RangeError(`ratio range ${ratioMin} to ${ratioMax} is empty or below 0`);
      return { ...unbounded, LOSS: LOSS.cispo, ...bounds, log_ratio_limit: limit(logRatioLimit) };
    }
    case 'reinforce': return { ...unbounded, LOSS: LOSS.reinforce };
    default: throw new RangeError(`unknown loss ${String((options satisfies never as { loss: unknown }).loss)}`);
  }
}

function limit(value: number | null): number {
  if (value !== null && !(value > 0)) throw new RangeError(`log-ratio limit ${value} is not above 0`);
  return value ?? 0;
}
