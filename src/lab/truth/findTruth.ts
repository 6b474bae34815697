// The truth of a batch, the best way that is within reach: enumeration where the sampling is plain and the tree small
// enough, else Monte Carlo.

import type { Task } from '../../tasks/task';
import type { SamplingConfiguration } from '../configuration';
import type { PolicyModel } from '../policyModel';
import type { SampleRecord } from '../record';
import { ENUMERATION, enumerateTruth, TreeTooLarge } from './enumerate';
import { MONTE_CARLO, monteCarloTruth, type MonteCarloSettings, type TruthWatch } from './monteCarlo';
import type { Truth } from './truth';

export type TruthKind = 'auto' | Truth['kind'];
export const TRUTH_KINDS: readonly TruthKind[] = ['auto', 'enumeration', 'monte-carlo'];

export interface TruthRequest {
  readonly kind: TruthKind;
  readonly seed: number;
  readonly sampling: SamplingConfiguration;
  readonly monteCarlo?: Partial<Pick<MonteCarloSettings, 'most' | 'targetError'>>;
}

/** `model` scores; `continuer` is the same policy, built to go on from any beginning of an answer. */
export async function findTruth(task: Task, model: PolicyModel, continuer: PolicyModel, sample: SampleRecord, { kind, seed, sampling, monteCarlo }: TruthRequest, watch: TruthWatch): Promise<Truth> {
  const isPlain = sampling.topK === 0 && sampling.topP === 1 && sampling.minP === 0;
  if (kind === 'enumeration' && !isPlain) throw new RangeError('exact values are for sampling without top-k, top-p and min-p; choose monte-carlo');
  if (kind !== 'monte-carlo' && isPlain) {
    try {
      return await enumerateTruth(task, model, continuer, sample, { ...ENUMERATION, temperature: sampling.temperature }, watch);
    } catch (error) {
      if (kind === 'enumeration' || !(error instanceof TreeTooLarge)) throw error;
    }
  }
  return monteCarloTruth(task, continuer, sample, { ...MONTE_CARLO, ...monteCarlo, seed, sampling }, watch);
}
