// For tests: a PolicyModel small enough to work out by hand. Every token is drawn from one softmax over theta, whatever
// stands before it; the optimiser is plain gradient descent.

import { uniformAt } from '../random/threefry';
import { STOP_TOKEN } from '../tasks/task';
import type { ModelConfig } from '../model/config';
import type { SampledAnswers, SamplerSettings } from '../model/sampler';
import type { AnswerBatch, LossSettings, LossTerms, NonFinite, PolicyModel, PolicyState, Searched, StepNorms, StepSettings, TokenLosses, TokenScores } from './policyModel';
import type { Inspection } from './policyInspection';
import type { TopTokens } from './record';
import { forEachToken } from './rows';

export class FakePolicy implements PolicyModel {
  readonly microbatchAnswers = 4;
  theta: number[];
  gradients: number[];
  planted: NonFinite | undefined;
  /** learning rates of the steps taken */
  readonly rates: number[] = [];
  /** answers to give instead of drawn ones, in order of rows */
  script: readonly (readonly number[])[] | undefined;
  private reference: number[] = [];

  constructor(readonly config: ModelConfig, readonly promptLength: number, readonly answerLength: number) {
    this.theta = Array.from({ length: config.vocabularySize }, () => 0);
    this.gradients = this.theta.map(() => 0);
  }

  /** Any tensor of the right length will do as theta. */
  loadWeights(tensors: ReadonlyMap<string, { readonly data: Float32Array<ArrayBuffer> }>): void {
    const found = [...tensors.values()].find(({ data }) => data.length === this.theta.length);
    if (found !== undefined) this.theta = [...found.data];
  }

  async readWeights() {
    return new Map([['theta', { shape: [this.theta.length], data: Float32Array.from(this.theta) }]]);
  }

  async prepareLoss(): Promise<void> {}

  async inspect(batch: AnswerBatch): Promise<Inspection> {
    const empty = () => new Float32Array(batch.tokens_NT.length);
    const inspection = { logsumexp_NT: empty(), meanLogit_NT: empty(), tokenLogit_NT: empty(), waad_NT: empty(), fai_NT: empty() };
    forEachToken(batch.lengths_N, this.answerLength, (i) => {
      inspection.logsumexp_NT[i] = Math.log(this.theta.reduce((sum, one) => sum + Math.exp(one), 0));
      inspection.meanLogit_NT[i] = this.theta.reduce((sum, one) => sum + one, 0) / this.theta.length;
      inspection.tokenLogit_NT[i] = this.theta[batch.tokens_NT[i]!]!;
    });
    return inspection;
  }

  async readGradients() {
    return new Map([['theta', { shape: [this.gradients.length], data: Float32Array.from(this.gradients) }]]);
  }

  async keepReference(): Promise<void> {
    this.reference = [...this.theta];
  }

  async sample(prompts: readonly (readonly number[])[], repeat: number, { key, rowOffset, temperature }: SamplerSettings): Promise<SampledAnswers> {
    const answers = prompts.length * repeat;
    const tokens_NT = new Uint32Array(answers * this.answerLength);
    const lengths_N = new Uint32Array(answers);
    const finished_N = new Uint32Array(answers);
    const logprobs_NT = new Float32Array(answers * this.answerLength);
    const logprobs = logSoftmax(this.theta, temperature);
    for (let n = 0; n < answers; n++) {
      for (let t = 0; t < this.answerLength && finished_N[n] === 0; t++) {
        const token = this.script?.[n]?.[t] ?? draw(logprobs, uniformAt(key, rowOffset + n, t));
        tokens_NT[n * this.answerLength + t] = token;
        logprobs_NT[n * this.answerLength + t] = logprobs[token]!;
        lengths_N[n] = t + 1;
        finished_N[n] = token === STOP_TOKEN ? 1 : 0;
      }
    }
    return { tokens_NT, lengths_N, finished_N, logprobs_NT };
  }

  async score(batch: AnswerBatch, temperature: number, weights: 'policy' | 'reference'): Promise<TokenScores & Searched> {
    const logprobs = logSoftmax(weights === 'policy' ? this.theta : this.reference, temperature);
    const entropy = -logprobs.reduce((sum, one) => sum + one * Math.exp(one), 0);
    const scores = { logprobs_NT: new Float32Array(batch.tokens_NT.length), entropy_NT: new Float32Array(batch.tokens_NT.length) };
    forEachToken(batch.lengths_N, this.answerLength, (i) => {
      scores.logprobs_NT[i] = logprobs[batch.tokens_NT[i]!]!;
      scores.entropy_NT[i] = entropy;
    });
    return { ...scores, ...this.searched() };
  }

  private searched(): Searched {
    return this.planted === undefined ? {} : { nonFinite: this.planted };
  }

  async topTokens(batch: AnswerBatch, temperature: number, count: number): Promise<TopTokens & TokenScores> {
    const order = logSoftmax(this.theta, temperature).map((one, id) => [Math.exp(one), id] as const).sort((a, b) => b[0] - a[0]).slice(0, count);
    const rows = batch.tokens_NT.length;
    return {
      ...(await this.score(batch, temperature, 'policy')), count,
      ids: Uint32Array.from({ length: rows * count }, (_, i) => order[i % count]![1]),
      probabilities: Float32Array.from({ length: rows * count }, (_, i) => order[i % count]![0]),
    };
  }

  async computeGradients(batch: AnswerBatch, terms: LossTerms, settings: LossSettings): Promise<TokenLosses & Searched> {
    this.gradients.fill(0);
    const { logprobs_NT, entropy_NT } = await this.score(batch, settings.temperature, 'policy');
    const probabilities = logSoftmax(this.theta, settings.temperature).map(Math.exp);
    const size = batch.tokens_NT.length;
    const losses = {
      logprobs_NT, entropy_NT, policyLoss_NT: new Float32Array(size), kl_NT: new Float32Array(size), ratio_NT: new Float32Array(size),
      isClipped_NT: new Uint8Array(size), coefficient_NT: new Float32Array(size),
    };
    forEachToken(batch.lengths_N, this.answerLength, (i) => {
      const advantage = terms.advantages_NT[i]!;
      const ratio = settings.kind === 'ppo' ? Math.exp(logprobs_NT[i]! - terms.oldLogprobs_NT[i]!) : 1;
      const scale = terms.clipRange_NT?.[i] ?? 1;
      const clipped = Math.min(1 + scale * settings.clipHigh, Math.max(1 - scale * settings.clipLow, ratio));
      const isClipped = settings.kind === 'ppo' && clipped * advantage < ratio * advantage;
      losses.ratio_NT[i] = ratio;
      losses.isClipped_NT[i] = isClipped ? 1 : 0;
      losses.policyLoss_NT[i] = settings.kind === 'ppo' ? -Math.min(ratio * advantage, clipped * advantage) : -advantage * logprobs_NT[i]!;
      losses.coefficient_NT[i] = isClipped ? 0 : -terms.weights_NT[i]! * ratio * advantage;
      if (terms.referenceLogprobs_NT !== undefined) losses.kl_NT[i] = logprobs_NT[i]! - terms.referenceLogprobs_NT[i]!;
      const token = batch.tokens_NT[i]!;
      probabilities.forEach((p, v) => { this.gradients[v]! += (losses.coefficient_NT[i]! * ((v === token ? 1 : 0) - p)) / settings.temperature; });
    });
    return { ...losses, ...this.searched() };
  }

  async step({ learningRate }: StepSettings): Promise<StepNorms & Searched> {
    this.rates.push(learningRate);
    this.theta = this.theta.map((one, v) => one - learningRate * this.gradients[v]!);
    const gradientNorm = Math.hypot(...this.gradients);
    return { gradientNorm, gradientNormByLayer: [gradientNorm], ...this.searched() };
  }

  /** Rounds theta to float32. */
  async readState(): Promise<PolicyState> {
    const tensors = (values: readonly number[]) => new Map([['theta', { shape: [values.length], data: Float32Array.from(values) }]]);
    return {
      weights: tensors(this.theta), firstMoment: new Map(), secondMoment: new Map(), steps: this.rates.length,
      ...(this.reference.length > 0 && { reference: tensors(this.reference) }),
    };
  }

  async loadState({ weights, reference }: PolicyState): Promise<void> {
    this.loadWeights(weights);
    this.reference = [...(reference?.get('theta')?.data ?? [])];
  }
}

function logSoftmax(theta: readonly number[], temperature: number): number[] {
  const scaled = theta.map((one) => one / temperature);
  const logSum = Math.log(scaled.reduce((sum, one) => sum + Math.exp(one), 0));
  return scaled.map((one) => one - logSum);
}

function draw(logprobs: readonly number[], u: number): number {
  let reached = 0;
  const found = logprobs.findIndex((one) => (reached += Math.exp(one)) > u);
  return found === -1 ? logprobs.length - 1 : found;
}
