// How the critiques of an answer look under its tokens: no line when nobody judged the step, a solid line when every
// critique passed it, dotted when they disagree, wavy when more than half of them flagged it; a glyph at the step's first
// token says the same again. This shows the votes, not the verdict: how votes become a penalty is the method's rule, and a line of its program.

import type { PartialUpdate } from './channel';
import type { Place } from './creditGeometry';
import { geometryOf, stepOf } from './creditGeometry';

export type MarkKind = 'none' | 'fine' | 'split' | 'wrong';

export interface CritiqueMark {
  readonly kind: MarkKind;
  /** step of the answer, -1 when the token is in none */
  readonly step: number;
  readonly flags: number;
  /** critiques that came back */
  readonly valid: number;
  readonly asked: number;
}

export const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  none: 'not judged', fine: 'judged fine', split: 'judges disagree', wrong: 'judged wrong',
};

/** At the first token of a step. */
export const MARK_GLYPHS: Readonly<Record<Exclude<MarkKind, 'none'>, string>> = { fine: '✓', split: '?', wrong: '✗' };

export function critiqueMark(update: PartialUpdate, place: Place): CritiqueMark {
  const critiques = update.critique?.critiques_Nk[place.answer] ?? [];
  const step = stepOf(geometryOf(update), place);
  const valid = critiques.filter((critique) => critique !== null);
  const flags = step < 0 ? 0 : valid.filter((critique) => critique.includes(step)).length;
  return { kind: markKind(step, flags, valid.length), step, flags, valid: valid.length, asked: critiques.length };
}

export interface StepMark extends Pick<CritiqueMark, 'kind'> {
  /** whether a step begins with this token */
  readonly isFirst: boolean;
}

export function stepMark(update: PartialUpdate, place: Place): StepMark {
  const { kind, step } = critiqueMark(update, place);
  return { kind, isFirst: step >= 0 && step !== stepOf(geometryOf(update), { ...place, token: place.token - 1 }) };
}

function markKind(step: number, flags: number, valid: number): MarkKind {
  if (step < 0 || valid === 0) return 'none';
  if (flags === 0) return 'fine';
  return flags * 2 > valid ? 'wrong' : 'split';
}
