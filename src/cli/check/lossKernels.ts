// The loss kernels as one-shot functions over host arrays, shared by the families that need them.

import type { Executor } from '../../gpu/executor';
import { runKernel } from '../../gpu/testing';
import { aggregationScalars, aggregationWeights, AGGREGATIONS, type AggregationMode } from '../../kernels/loss/aggregationWeights';
import { KL_ESTIMATORS, type KlEstimator } from '../../kernels/loss/klEstimate';
import { maskedSumFinish } from '../../kernels/loss/maskedSumFinish';
import { maskedSumPartial } from '../../kernels/loss/maskedSumPartial';
import { NotKnown } from './family';
import type { Fields } from './fields';

export type Floats = Float32Array<ArrayBuffer>;
export type Words = Uint32Array<ArrayBuffer>;
const PARTIALS = 64;

/** A mask [rows, length] as it weighs tokens in an aggregation. */
export async function tokenWeights(executor: Executor, mask: Words, length: number, mode: AggregationMode, norm: number | null): Promise<Floats> {
  const { weights } = await runKernel(executor, aggregationWeights, { mask, weights: new Float32Array(mask.length) },
    { rows: mask.length / length, length, ...aggregationScalars(mode, { mask_NT: mask, length, norm }) });
  return weights as Floats;
}

export async function weightedSum(executor: Executor, values: Floats, weights: Floats): Promise<number> {
  const { partials } = await runKernel(executor, maskedSumPartial, { values, weights, partials: new Float32Array(PARTIALS) }, { count: values.length, PARTIALS });
  const { totals } = await runKernel(executor, maskedSumFinish, { partials, totals: new Float32Array(1) }, { slot: 0, accumulate: 0, PARTIALS });
  return totals[0]!;
}

export function aggregationOf(inputs: Fields): { mode: AggregationMode; norm: number | null } {
  const mode = inputs.text('aggregation');
  if (!(AGGREGATIONS as readonly string[]).includes(mode)) throw new NotKnown(`aggregation ${mode}`);
  const norm = inputs.numberOr('norm', null);
  if (norm !== null && !(norm > 0)) throw new NotKnown(`norm ${norm}`);
  return { mode: mode as AggregationMode, norm };
}

export function klKindOf(inputs: Fields, name = 'kl_kind'): KlEstimator {
  const kind = inputs.text(name);
  if (!(KL_ESTIMATORS as readonly string[]).includes(kind)) throw new NotKnown(`KL estimator ${kind}`);
  return kind as KlEstimator;
}

/** Share of mask=1 tokens whose flags have the given bit; null where there is no token. */
export function shareOf(flags: ArrayLike<number>, bit: number, mask: Words): number | null {
  const tokens = mask.reduce((sum, one) => sum + one, 0);
  return tokens === 0 ? null : Array.from(flags).reduce((sum, one, i) => sum + Number(mask[i] !== 0 && (one & bit) !== 0), 0) / tokens;
}
