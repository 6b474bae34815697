// Phase 5: the gradient of the clipped loss, mini-batch by mini-batch. Each mini-batch but the last is followed by a
// step of the optimiser; the last step is the update phase's.
//   loss of a mini-batch = sum over its tokens of weight * (policy loss + klWeight * KL - entropyBonus * entropy)
// Answers that the credit method keeps out of the loss weigh nothing and do not count as rows of the mean.

import type { RunConfiguration } from '../configuration';
import type { CreditRecord, GradientRecord, SampleRecord, ScoreRecord } from '../record';
import { minibatchOrder } from '../minibatches';
import { refuseNonFinite } from '../nonFinite';
import type { LossSettings, LossTerms, Searched, StepNorms, TokenLosses } from '../policyModel';
import { answerBatch, forEachToken, gatherRows, scatterRows } from '../rows';
import { tokenWeights } from '../tokenWeights';
import type { RunContext } from './context';
import { optimizerStep } from './update';

/** All but the gradient's norm, which is known once the last step is taken. */
export type GradientSoFar = Omit<GradientRecord, 'gradientNorm'> & { readonly stepNorms: readonly StepNorms[] };

export async function gradient(context: RunContext, update: number, sample: SampleRecord, score: ScoreRecord, credit: CreditRecord): Promise<GradientSoFar> {
  const { configuration } = context;
  const { epochs, minibatches } = configuration.loss;
  const order = minibatchOrder(sample.answers, epochs, minibatches, configuration.seed, update);
  const parts = order.flat();
  const totals = new Totals(sample);
  const stepNorms: StepNorms[] = [];
  for (const [i, rows] of parts.entries()) {
    const { terms, losses } = await oneMinibatch(context, sample, score, credit, rows);
    refuseNonFinite(losses, update);
    totals.add(rows, terms, losses, configuration.loss);
    if (i < parts.length - 1) stepNorms.push(await optimizerStep(context, update));
  }
  return { ...totals.record(), stepNorms };
}

async function oneMinibatch(
  { configuration, task, model }: RunContext, sample: SampleRecord, score: ScoreRecord, credit: CreditRecord, rows: readonly number[],
): Promise<{ terms: LossTerms; losses: TokenLosses & Searched }> {
  const terms = lossTerms(configuration, sample, score, credit, rows);
  return { terms, losses: await model.computeGradients(answerBatch(task, sample, rows), terms, lossSettings(configuration)) };
}

/** What the loss of a mini-batch is made of, token by token. */
export function lossTerms({ loss }: RunConfiguration, sample: SampleRecord, score: ScoreRecord, credit: CreditRecord, rows: readonly number[]): LossTerms {
  const pick = (values_NT: Float32Array) => gatherRows(values_NT, sample.width, rows);
  const output = (id: string | undefined) => (id === undefined ? undefined : credit.rows.find((row) => row.id === id)?.values);
  const [rowMask_N, clipRange_NT] = [output(credit.rowMask), output(credit.clipRange)];
  const lengths_N = rows.map((n) => (rowMask_N?.[n] === 0 ? 0 : sample.lengths_N[n]!));
  return {
    oldLogprobs_NT: pick(score.oldLogprobs_NT),
    advantages_NT: pick(credit.advantages_NT),
    weights_NT: tokenWeights(loss.aggregation, lengths_N, sample.width),
    ...(clipRange_NT !== undefined && { clipRange_NT: pick(clipRange_NT) }),
    ...(score.referenceLogprobs_NT !== undefined && { referenceLogprobs_NT: pick(score.referenceLogprobs_NT) }),
  };
}

export function lossSettings({ loss, sampling }: RunConfiguration): LossSettings {
  const { clipLow, clipHigh, dualClip, klKind, klWeight, entropyBonus } = loss;
  return { kind: 'ppo', temperature: sampling.temperature, clipLow, clipHigh, dualClip, klKind, klWeight, entropyBonus };
}

/** Sums over the mini-batches of an update, in float64. */
class Totals {
  private minibatches = 0;
  private tokens = 0;
  private loss = 0;
  private policyLoss = 0;
  private kl = 0;
  private clipped = 0;
  private firstRatioError = 0;
  private readonly ratio_NT: Float32Array;
  private readonly isClipped_NT: Uint8Array;
  private readonly coefficient_NT: Float32Array;

  constructor(private readonly sample: SampleRecord) {
    const size = sample.answers * sample.width;
    this.ratio_NT = new Float32Array(size);
    this.isClipped_NT = new Uint8Array(size);
    this.coefficient_NT = new Float32Array(size);
  }

  add(rows: readonly number[], terms: LossTerms, losses: TokenLosses, { klWeight, entropyBonus }: { klWeight: number; entropyBonus: number }): void {
    const { width, lengths_N } = this.sample;
    const hasReference = terms.referenceLogprobs_NT !== undefined;
    forEachToken(rows.map((n) => lengths_N[n]!), width, (i) => {
      const weight = terms.weights_NT[i]!;
      if (weight === 0) return; // kept out of the loss
      const logRatio = losses.logprobs_NT[i]! - terms.oldLogprobs_NT[i]!;
      this.tokens++;
      this.policyLoss += weight * losses.policyLoss_NT[i]!;
      this.loss += weight * (losses.policyLoss_NT[i]! + klWeight * losses.kl_NT[i]! - entropyBonus * losses.entropy_NT[i]!);
      // against the old policy: the k3 estimate of KL(old || new), exact for samples of the old policy
      this.kl += hasReference ? losses.kl_NT[i]! : Math.expm1(logRatio) - logRatio;
      this.clipped += losses.isClipped_NT[i]!;
      if (this.minibatches === 0) this.firstRatioError = Math.max(this.firstRatioError, Math.abs(losses.ratio_NT[i]! - 1));
    });
    scatterRows(losses.ratio_NT, this.ratio_NT, width, rows);
    scatterRows(losses.isClipped_NT, this.isClipped_NT, width, rows);
    scatterRows(losses.coefficient_NT, this.coefficient_NT, width, rows);
    this.minibatches++;
  }

  record(): Omit<GradientRecord, 'gradientNorm'> {
    const tokens = Math.max(1, this.tokens);
    return {
      loss: this.loss / this.minibatches,
      policyLoss: this.policyLoss / this.minibatches,
      kl: this.kl / tokens,
      clipShare: this.clipped / tokens,
      ratio_NT: this.ratio_NT,
      isClipped_NT: this.isClipped_NT,
      coefficient_NT: this.coefficient_NT,
      firstRatioError: this.firstRatioError,
    };
  }
}
