// Where to look first. A token surprises by its advantage: it says how much better (or worse) its answer went than was expected.
// Of each answer only its most surprising token counts, so that one answer does not fill the list:
//   surprising success of an answer   its largest advantage, if that is above 0
//   surprising failure of an answer   its lowest advantage, if that is below 0
// Where tokens share the advantage (methods that give all of an answer the same) the one that the policy held least likely when it
// wrote it stands for them, then the first. Answers are ranked by the size of that advantage, ties in the same way.

import type { UpdateRecord } from '../lab/record';
import type { PartialUpdate } from './channel';

export type SurpriseKind = 'success' | 'failure';

export interface Surprise {
  readonly kind: SurpriseKind;
  /** in the batch */
  readonly answer: number;
  readonly token: number;
  readonly advantage: number;
  readonly logprob: number;
}

export interface SurpriseOfRun extends Surprise {
  /** index of its record in the list that was given */
  readonly position: number;
}

/** The most surprising first, at most one an answer; none where credit has not been given yet. */
export function surprisesOf(update: PartialUpdate, kind: SurpriseKind): readonly Surprise[] {
  const known = found.get(update)?.[kind];
  if (known !== undefined) return known;
  const { sample, score, credit } = update;
  const surprises: Surprise[] = [];
  if (credit !== undefined) {
    for (let answer = 0; answer < sample.answers; answer++) {
      let most: Surprise | undefined;
      for (let token = 0; token < sample.lengths_N[answer]!; token++) {
        const index = answer * sample.width + token;
        const one: Surprise = { kind, answer, token, advantage: credit.advantages_NT[index] ?? Number.NaN, logprob: score?.oldLogprobs_NT[index] ?? 0 };
        if (sizeOf(one) > 0 && (most === undefined || compareSurprise(one, most) < 0)) most = one;
      }
      if (most !== undefined) surprises.push(most);
    }
  }
  surprises.sort(compareSurprise);
  found.set(update, { ...found.get(update), [kind]: surprises });
  return surprises;
}

/** The most surprising of a whole run, at most one an answer of each update. */
export function surprisesOfRun(updates: readonly UpdateRecord[], kind: SurpriseKind, count: number): readonly SurpriseOfRun[] {
  return updates.flatMap((update, position) => surprisesOf(update, kind).slice(0, count).map((one): SurpriseOfRun => ({ ...one, position })))
    .sort(compareSurprise).slice(0, count);
}

/** Kept for each record, which never changes: scrubbing asks for them again and again. */
const found = new WeakMap<PartialUpdate, Partial<Record<SurpriseKind, readonly Surprise[]>>>();

/** NaN compares as nothing to see. */
function sizeOf({ kind, advantage }: Surprise): number {
  return kind === 'success' ? advantage : -advantage;
}

/** Sorting is stable, so what is equal stays in order: by update, answer, token. */
function compareSurprise(a: Surprise, b: Surprise): number {
  return sizeOf(b) - sizeOf(a) || a.logprob - b.logprob;
}
