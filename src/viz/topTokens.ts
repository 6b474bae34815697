// The likeliest tokens at a place, before and after the update, joined by token: a token may be in one list only.

import type { TopTokens } from '../lab/record';
import type { PartialUpdate } from './channel';
import type { Place } from './creditGeometry';

export interface TopTokenChange {
  readonly id: number;
  /** NaN where the token was not among the likeliest */
  readonly before: number;
  readonly after: number;
}

/** Most likely first, by the larger of both probabilities; empty where they were not recorded. */
export function topTokenChanges({ sample, after }: PartialUpdate, place: Place): TopTokenChange[] {
  if (after === undefined || place.answer >= after.watchedAnswers || place.token >= (sample.lengths_N[place.answer] ?? 0)) return [];
  const wasLikely = probabilities(after.topBefore, sample.width, place);
  const isLikely = probabilities(after.topAfter, sample.width, place);
  const rows = [...new Set([...wasLikely.keys(), ...isLikely.keys()])].map((id) => ({ id, before: wasLikely.get(id) ?? Number.NaN, after: isLikely.get(id) ?? Number.NaN }));
  return rows.sort((a, b) => larger(b) - larger(a));
}

function larger({ before, after }: TopTokenChange): number {
  return Math.max(Number.isNaN(before) ? 0 : before, Number.isNaN(after) ? 0 : after);
}

function probabilities(top: TopTokens, width: number, { answer, token }: Place): ReadonlyMap<number, number> {
  const start = (answer * width + token) * top.count;
  return new Map(Array.from({ length: top.count }, (_, rank) => [top.ids[start + rank] ?? -1, top.probabilities[start + rank] ?? Number.NaN] as const).filter(([id]) => id >= 0));
}
