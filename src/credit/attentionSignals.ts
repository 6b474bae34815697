// WAAD and FAI from attention maps, as calls on a plan: how far each head looks back, which heads are therefore local or global,
// and the two summaries at each token of the answer (arXiv 2510.13554, which takes the heads of some middle layers). Heads are
// sorted apart for each answer. Ours: with few heads at least one is local and one global, and one head can be both.

import { planBuffer, type PlanBuffer } from '../gpu/buffer';
import type { Plan } from '../gpu/plan';
import { attentionDistance } from '../kernels/credit/attentionDistance';
import { attentionSummary } from '../kernels/credit/attentionSummary';
import { rank } from '../kernels/credit/rank';
import { SHAPE } from '../kernels/credit/shapes';

export interface AttentionShape {
  readonly answers: number;
  /** of all layers that are looked at */
  readonly heads: number;
  /** positions of a sequence, prompt and answer */
  readonly length: number;
  /** tokens of the longest answer */
  readonly width: number;
}

export interface AttentionSettings {
  /** share of the heads that is local, and that is global */
  readonly headShare: number;
  /** look-back is counted up to this distance */
  readonly window: number;
  /** how much later a token must be, at least and at most, for its attention to count */
  readonly horizon: readonly [number, number];
}
const ATTENTION_SETTINGS: AttentionSettings = { headShare: 0.3, window: 10, horizon: [10, 50] };

export interface AttentionSignals {
  /** [answers, heads] */
  readonly distance: PlanBuffer;
  /** [answers, heads], 0 = looks back least far; below `chosen` a head is local */
  readonly rankNear: PlanBuffer;
  /** [answers, heads], 0 = looks back furthest; below `chosen` a head is global */
  readonly rankFar: PlanBuffer;
  readonly chosen: number;
  /** [answers, width] */
  readonly waad: PlanBuffer;
  readonly fai: PlanBuffer;
}

/** maps [answers, heads, length, length]; the answer's tokens are positions first[n] .. past[n] − 1 of the sequence. */
export function attentionSignals(
  plan: Plan, { maps, first, past }: { readonly maps: PlanBuffer; readonly first: PlanBuffer; readonly past: PlanBuffer },
  { answers, heads, length, width }: AttentionShape, { headShare, window, horizon }: AttentionSettings = ATTENTION_SETTINGS,
): AttentionSignals {
  const made = (name: string, size: number): PlanBuffer => planBuffer(`credit/attention/${name}`, size);
  const [distance, rankNear, rankFar] = [made('distance_NH', answers * heads), made('rankNear_NH', answers * heads), made('rankFar_NH', answers * heads)];
  const [waad, fai] = [made('waad_NT', answers * width), made('fai_NT', answers * width)];
  const chosen = Math.max(1, Math.floor(headShare * heads));
  plan.call(attentionDistance, { maps, first, past, distance }, { answers, heads, length });
  for (const [descending, y] of [[0, rankNear], [1, rankFar]] as const) {
    // every head counts, so neither mask nor steps are read
    plan.call(rank, { x: distance, mask: first, step_count: first, y }, { answers, per_answer: heads, shape: SHAPE.answer, descending });
  }
  plan.call(
    attentionSummary, { maps, rank_near: rankNear, rank_far: rankFar, first, past, waad, fai },
    { answers, heads, length, width, chosen, window, from_ahead: horizon[0], to_ahead: horizon[1] },
  );
  return { distance, rankNear, rankFar, chosen, waad, fai };
}
