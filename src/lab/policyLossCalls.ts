// The policy loss of one micro-batch as plan calls over its answer tokens: clipped ratio (or plain log-prob), KL to the
// reference, entropy bonus. What comes out is d loss / d log-prob and d loss / d entropy of every token, which the next
// call turns into the gradient of the logits. Results are read back once, for the record.

import { planBuffer, slice, type ElementArray, type PlanBuffer, type Slice } from '../gpu/buffer';
import { floatsOf, wordsOf, type Executor } from '../gpu/executor';
import { variable, type Plan, type Variables } from '../gpu/plan';
import { entropyBonus } from '../kernels/loss/entropyBonus';
import { klScalars } from '../kernels/loss/klEstimate';
import { klPenalty } from '../kernels/loss/klPenalty';
import { CLIP_FLAG, policyLoss, policyLossScalars } from '../kernels/loss/policyLoss';
import type { LossSettings, LossTerms, TokenLosses } from './policyModel';

/** What decides which kernels a loss needs; everything else of the settings is a variable of the plan. */
export type LossKind = Pick<LossSettings, 'kind' | 'klKind'>;

export class PolicyLossCalls {
  readonly logprobGrad: PlanBuffer;
  readonly entropyGrad: PlanBuffer;
  private readonly old: PlanBuffer;
  private readonly reference: PlanBuffer;
  private readonly advantages: PlanBuffer;
  private readonly weights: PlanBuffer;
  private readonly loss: PlanBuffer;
  private readonly policyLoss: PlanBuffer;
  private readonly kl: PlanBuffer;
  private readonly ratio: PlanBuffer;
  private readonly flags: PlanBuffer;

  constructor(tokens: number, private readonly logprobs: PlanBuffer, private readonly entropy: PlanBuffer) {
    const make = (name: string) => planBuffer(`loss.${name}`, tokens);
    this.logprobGrad = make('d_logprob');
    this.entropyGrad = make('d_entropy');
    this.old = make('old_logprobs');
    this.reference = make('reference_logprobs');
    this.advantages = make('advantages');
    this.weights = make('weights');
    this.loss = make('total');
    this.policyLoss = make('policy');
    this.kl = make('kl');
    this.ratio = make('ratio');
    this.flags = planBuffer('loss.flags', tokens, 'u32');
  }

  append(plan: Plan, { kind, klKind }: LossKind): void {
    const { LOSS } = policyLossScalars(kind === 'ppo' ? { loss: 'ppo_scaled', clipLow: 0, clipHigh: 0, dualClip: null, logRatioLimit: null } : { loss: 'reinforce' });
    const count = variable('spanRows');
    plan.call(policyLoss, {
      logprobs: this.logprobs, old_logprobs: this.old, advantages: this.advantages, weights: this.weights,
      loss: this.loss, d_logprob: this.logprobGrad, ratio: this.ratio, flags: this.flags,
    }, { count, ratio_min: variable('ratioMin'), ratio_max: variable('ratioMax'), dual_clip: variable('dualClip'), log_ratio_limit: 0, LOSS });
    plan.copy(this.loss, this.policyLoss);
    if (klKind === 'none') plan.clear(this.kl);
    else {
      plan.call(klPenalty, {
        logprobs: this.logprobs, ref_logprobs: this.reference, weights: this.weights, kl: this.kl, loss: this.loss, d_logprob: this.logprobGrad,
      }, { count, beta: variable('klWeight'), ...klScalars(klKind, false) });
    }
    plan.call(entropyBonus, { entropy: this.entropy, weights: this.weights, loss: this.loss, d_entropy: this.entropyGrad }, { count, bonus: variable('entropyBonus') });
  }

  variables(settings: LossSettings): Variables {
    const { ratio_min: ratioMin, ratio_max: ratioMax, dual_clip: dualClip } = policyLossScalars(settings.kind === 'ppo'
      ? { loss: 'ppo_scaled', clipLow: settings.clipLow, clipHigh: settings.clipHigh, dualClip: settings.dualClip === 0 ? null : settings.dualClip, logRatioLimit: null }
      : { loss: 'reinforce' });
    return { ratioMin, ratioMax, dualClip, klWeight: settings.klWeight, entropyBonus: settings.entropyBonus };
  }

  /** Writes tokens [from, from + count) of the terms. */
  write(executor: Executor, terms: LossTerms, from: number, count: number): void {
    const part = (values: Float32Array) => values.slice(from, from + count) as Float32Array<ArrayBuffer>;
    executor.write(this.old, part(terms.oldLogprobs_NT));
    executor.write(this.advantages, part(terms.advantages_NT));
    executor.write(this.weights, part(terms.weights_NT));
    executor.write(this.ratio, terms.clipRange_NT === undefined ? new Float32Array(count).fill(1) : part(terms.clipRange_NT));
    if (terms.referenceLogprobs_NT !== undefined) executor.write(this.reference, part(terms.referenceLogprobs_NT));
  }

  /** of the first `count` tokens, for lossesOf() */
  results(count: number): Slice[] {
    return [this.policyLoss, this.kl, this.ratio, this.logprobGrad, this.flags].map((buffer) => slice(buffer, 0, count));
  }

  lossesOf([policyLoss, kl, ratio, coefficient, flags]: readonly ElementArray[]): Omit<TokenLosses, 'logprobs_NT' | 'entropy_NT'> {
    return {
      policyLoss_NT: floatsOf(policyLoss),
      kl_NT: floatsOf(kl),
      ratio_NT: floatsOf(ratio),
      coefficient_NT: floatsOf(coefficient),
      isClipped_NT: Uint8Array.from(wordsOf(flags), (flag) => Number((flag & (CLIP_FLAG.clipped | CLIP_FLAG.dual)) !== 0)),
    };
  }
}
