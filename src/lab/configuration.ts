// Everything that decides a run. Same configuration, adapter and kernel choice: same run, bit for bit.

import type { AggregationMode } from '../kernels/loss/aggregationWeights';
import type { OptionValues } from '../tasks/task';

export type Aggregation = AggregationMode;
export type KlKind = 'none' | 'k1' | 'k2' | 'k3';
export type Schedule = 'constant' | 'linear' | 'cosine';
export type VotingRule = 'intersection' | 'strict_majority' | 'at_least_half' | 'union' | 'fractional';

export interface SamplingConfiguration {
  readonly temperature: number;
  /** 0 = off */
  readonly topK: number;
  /** 1 = off */
  readonly topP: number;
  /** 0 = off */
  readonly minP: number;
}

export interface LossConfiguration {
  readonly clipLow: number;
  readonly clipHigh: number;
  /** dual clip c; 0 = off */
  readonly dualClip: number;
  readonly aggregation: Aggregation;
  readonly klKind: KlKind;
  readonly klWeight: number;
  readonly entropyBonus: number;
  readonly epochs: number;
  readonly minibatches: number;
}

export interface OptimizerConfiguration {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** global gradient norm; 0 = off */
  readonly maximumGradientNorm: number;
  readonly schedule: Schedule;
  readonly warmupUpdates: number;
  /** length of the schedule; only for linear and cosine */
  readonly scheduleUpdates: number;
}

export const JUDGES = ['exact', 'model', 'endpoint'] as const;
export type JudgeKind = (typeof JUDGES)[number];

/** Who judges steps, how often, and the noise dials of the exact checker. */
export interface CriticConfiguration {
  /** absent in older runs: the exact checker. An endpoint's address and key are no part of a configuration */
  readonly judge?: JudgeKind;
  /** which model, where the judge is one on this machine: built-in, folder, or an id on Hugging Face. Absent in older runs */
  readonly model?: string;
  readonly critiques: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  /** probability that a critique is missing */
  readonly missing: number;
}

export interface RunConfiguration {
  readonly preset: string;
  readonly task: string;
  readonly taskOptions: OptionValues;
  /** folder under public/models */
  readonly policy: string;
  readonly method: string;
  readonly methodParameters: OptionValues;
  readonly seed: number;
  readonly problemsPerUpdate: number;
  readonly answersPerProblem: number;
  /** answers a micro-batch: gradients accumulate over micro-batches; 0 = as many as the memory budget holds */
  readonly microbatchAnswers: number;
  readonly sampling: SamplingConfiguration;
  readonly loss: LossConfiguration;
  readonly optimizer: OptimizerConfiguration;
  readonly critic: CriticConfiguration;
  /** accuracy is tested before the first update and after every this many */
  readonly testEvery: number;
  readonly testProblems: number;
}

/** The policy that a run begins with is kept beside it where the loss looks back at it. */
export function keepsReference({ loss }: Pick<RunConfiguration, 'loss'>): boolean {
  return loss.klKind !== 'none';
}
