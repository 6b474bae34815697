// How much of an update's gradient hangs on each token. The loss reaches the policy through log-probabilities, so the push on these,
// −d loss / d log-prob, comes first: above 0 the step makes the token likelier, as everywhere on the page. What a token can do with it
// depends on how sure the policy is, because d log p / d logit = 1 − p:
//   push on the token's own logit = push × (1 − p), with p of the policy that was being trained, ratio × exp(old log-prob).
// Left out: what the other logits of the same place get, and the way from the logits into the parameters.

import type { Channel, PartialUpdate } from './channel';
import type { Place } from './creditGeometry';

export type GradientMeasure = 'coefficient' | 'magnitude' | 'push';

export const GRADIENT_MEASURES: Readonly<Record<GradientMeasure, { readonly label: string; /** what its colours say */ readonly key: string; readonly sentence: string }>> = {
  coefficient: { label: 'Push', key: 'Up, blue: made likelier; down, orange: less likely.', sentence: 'It is the loss’s coefficient of the token with its sign turned, −d loss / d log-prob.' },
  magnitude: { label: 'Size', key: 'The darker, the more of the gradient.', sentence: 'The push without its sign, as a share of all tokens of the update.' },
  push: { label: 'Push on the logit', key: 'Likelier or less likely; pale where it is sure.', sentence: 'The push times (1 − p), p being the token’s probability: one that the policy is sure of can hardly be moved.' },
};

/** The measure as something to paint over the chips. */
export function gradientChannel(update: PartialUpdate, measure: GradientMeasure): Channel {
  const { label, key, sentence } = GRADIENT_MEASURES[measure];
  const total = measure === 'magnitude' ? carriersOf(update, 'magnitude').total : 1;
  return {
    id: measure === 'coefficient' ? measure : `gradient:${measure}`, label, kind: measure === 'magnitude' ? 'magnitude' : 'signed', center: 0, meaning: `${key} ${sentence}`,
    valueAt: (of, place) => (measure === 'magnitude' && total === 0 ? 0 : measureAt(of, place, measure) / total),
  };
}

/** NaN past the end of an answer and before the gradient's phase. */
export function measureAt({ sample, score, gradient }: PartialUpdate, { answer, token }: Place, measure: GradientMeasure): number {
  if (gradient === undefined || token < 0 || !(token < (sample.lengths_N[answer] ?? 0))) return Number.NaN;
  const index = answer * sample.width + token;
  const push = 0 - gradient.coefficient_NT[index]!;
  switch (measure) {
    case 'coefficient': return push;
    case 'magnitude': return Math.abs(push);
    // log-probabilities are rounded: just above 0 the probability is 1
    case 'push': return score === undefined ? Number.NaN : push * Math.max(0, 1 - gradient.ratio_NT[index]! * Math.exp(score.oldLogprobs_NT[index]!));
    default: return measure satisfies never;
  }
}

export interface Carrier {
  readonly place: Place;
  readonly value: number;
  /** of the sum of all magnitudes */
  readonly share: number;
}

export interface Carriers {
  readonly total: number;
  readonly tokens: number;
  /** so many of the largest hold half of the total; 0 where there is nothing */
  readonly toHalf: number;
  readonly largest: readonly Carrier[];
}

/** The tokens of the whole update that hold most of a measure; of equal ones the first. */
export function carriersOf(update: PartialUpdate, measure: GradientMeasure, count = 10): Carriers {
  const all: { readonly place: Place; readonly value: number }[] = [];
  for (let answer = 0; answer < update.sample.answers; answer++) {
    for (let token = 0; token < update.sample.lengths_N[answer]!; token++) {
      const value = measureAt(update, { answer, token }, measure);
      if (Number.isFinite(value)) all.push({ place: { answer, token }, value });
    }
  }
  all.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const total = all.reduce((sum, { value }) => sum + Math.abs(value), 0);
  let sum = 0;
  let toHalf = 0;
  while (toHalf < all.length && sum < total / 2) sum += Math.abs(all[toHalf++]!.value);
  return { total, tokens: all.length, toHalf, largest: total === 0 ? [] : all.slice(0, count).map((one) => ({ ...one, share: Math.abs(one.value) / total })) };
}

/** Tokens whose ratio was clipped, so that the policy's own term gives them nothing. */
export function clippedTokens({ sample, gradient }: PartialUpdate): number {
  let clipped = 0;
  for (let answer = 0; answer < sample.answers; answer++) {
    for (let token = 0; token < sample.lengths_N[answer]!; token++) clipped += gradient?.isClipped_NT[answer * sample.width + token] ?? 0;
  }
  return clipped;
}
