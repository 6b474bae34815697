// What the phases need of a trained policy, and nothing of how it is computed. src/lab/enginePolicy.ts builds one from
// the plans of src/model; tests use a small one with numbers worked out by hand.
//
// Rows are answers; N rows are cut into micro-batches inside, so a caller may pass any number of them.

import type { SampledAnswers, SamplerSettings } from '../model/sampler';
import type { ModelConfig } from '../model/config';
import type { KlKind, OptimizerConfiguration } from './configuration';
import type { Inspection } from './policyInspection';
import type { TopTokens } from './record';

export interface AnswerBatch {
  /** prompt of each row, as token ids */
  readonly prompts_N: readonly (readonly number[])[];
  /** [N, answerLength], padding after each answer's end */
  readonly tokens_NT: Uint32Array;
  /** the stop token included */
  readonly lengths_N: Uint32Array;
}

export interface TokenScores {
  readonly logprobs_NT: Float32Array;
  readonly entropy_NT: Float32Array;
}

/** Per token, [N, answerLength]; entries past an answer's end are 0 and ignored. */
export interface LossTerms {
  readonly oldLogprobs_NT: Float32Array;
  readonly referenceLogprobs_NT?: Float32Array;
  readonly advantages_NT: Float32Array;
  /** factor on the clip range of each token's ratio; 1 everywhere where absent */
  readonly clipRange_NT?: Float32Array;
  /** how much each token's loss counts: the aggregation; 0 where there is no token */
  readonly weights_NT: Float32Array;
}

export interface LossSettings {
  /** clipped ratio (PPO), or -advantage * log-prob, which teaches by example */
  readonly kind: 'ppo' | 'reinforce';
  readonly temperature: number;
  readonly clipLow: number;
  readonly clipHigh: number;
  /** 0 = off */
  readonly dualClip: number;
  readonly klKind: KlKind;
  readonly klWeight: number;
  readonly entropyBonus: number;
}

/** Per token, before the token's weight is applied. */
export interface TokenLosses {
  readonly policyLoss_NT: Float32Array;
  /** of the chosen kind against the reference; 0 without one */
  readonly kl_NT: Float32Array;
  readonly entropy_NT: Float32Array;
  readonly logprobs_NT: Float32Array;
  readonly ratio_NT: Float32Array;
  readonly isClipped_NT: Uint8Array;
  /** d loss / d log-prob, weight included */
  readonly coefficient_NT: Float32Array;
}

/** What one optimiser step needs of the run's settings, the rate of this update already scheduled. */
export type StepSettings = Omit<OptimizerConfiguration, 'schedule' | 'warmupUpdates' | 'scheduleUpdates'>;

/** The first non-finite number found in one of the flat buffers or in the logits. */
export interface NonFinite {
  /** name of a parameter ("model.norm.weight"), with ".gradient", ".first_moment" or ".second_moment"; or "logits" */
  readonly tensor: string;
  /** within the tensor */
  readonly index: number;
}

export type Tensors = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> }>;

/** What a look through parameters, gradients, moments and the latest logits found, once the work was done. */
export interface Searched {
  readonly nonFinite?: NonFinite;
}

export interface StepDone extends Searched {
  /** before clipping */
  readonly gradientNorm: number;
}

/** Of one step of the policy's optimiser. */
export interface StepNorms {
  /** before clipping */
  readonly gradientNorm: number;
  /** of the embedding, of each layer, of the final norm and the head; before clipping */
  readonly gradientNormByLayer: readonly number[];
}

/** All that training has changed in a model: another of the same configuration that loads it goes on bit for bit. */
export interface ModelState {
  readonly weights: Tensors;
  readonly firstMoment: Tensors;
  readonly secondMoment: Tensors;
  /** of the optimiser */
  readonly steps: number;
}

export interface PolicyState extends ModelState {
  /** the frozen copy, if one was kept */
  readonly reference?: Tensors;
}

export interface PolicyModel {
  readonly config: ModelConfig;
  readonly promptLength: number;
  readonly answerLength: number;
  /** answers that one pass of forward and backward holds */
  readonly microbatchAnswers: number;
  loadWeights(tensors: ReadonlyMap<string, { readonly data: Float32Array<ArrayBuffer> }>): void;
  readWeights(): Promise<ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> }>>;
  /** freezes a copy of the weights as they are now, to be scored as 'reference' */
  keepReference(): Promise<void>;
  /** any number of prompts; answer n is that of prompt floor(n / repeat) and draws in row settings.rowOffset + n */
  sample(prompts: readonly (readonly number[])[], repeat: number, settings: SamplerSettings): Promise<SampledAnswers>;
  score(batch: AnswerBatch, temperature: number, weights: 'policy' | 'reference'): Promise<TokenScores & Searched>;
  /** the most likely tokens at every position, most likely first */
  topTokens(batch: AnswerBatch, temperature: number, count: number): Promise<TopTokens & TokenScores>;
  /** raw logits and attention, for the credit methods that read them */
  inspect(batch: AnswerBatch, temperature: number): Promise<Inspection>;
  /** compiles what computeGradients() will need for this kind of loss, so that a run's header can name every kernel's variant */
  prepareLoss(kind: Pick<LossSettings, 'kind' | 'klKind'>): Promise<void>;
  /** the gradients become those of sum(weights * loss) over the rows */
  computeGradients(batch: AnswerBatch, terms: LossTerms, settings: LossSettings): Promise<TokenLosses & Searched>;
  /** as the last computeGradients left them */
  readGradients(): Promise<Tensors>;
  /** clips the gradient to its norm and takes one AdamW step */
  step(settings: StepSettings): Promise<StepNorms & Searched>;
  /** as it is between two steps */
  readState(): Promise<PolicyState>;
  loadState(state: PolicyState): Promise<void>;
}
