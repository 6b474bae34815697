// Why a token has no number in a channel, in a few words for whoever points at the dash.

import type { Phase } from '../lab/record';
import type { Channel, PartialUpdate } from './channel';
import { geometryOf, stepOf, type Place } from './creditGeometry';
import { PHASE_TITLES } from './phases';
import { valueRow } from './valueLine';

export const NO_NUMBER_OF_LINE = 'the line gives no number here';

/** Undefined where there is a number, finite or not. */
export function whyNone(channel: Pick<Channel, 'id' | 'valueAt'>, update: PartialUpdate, place: Place): string | undefined {
  if (!Number.isNaN(channel.valueAt(update, place))) return undefined;
  if (!(place.token >= 0 && place.token < (update.sample.lengths_N[place.answer] ?? 0))) return 'the answer is shorter';
  switch (channel.id) {
    case 'reward': case 'logprob': case 'entropy': return missing(update, 'score');
    case 'kl': return update.score === undefined ? missing(update, 'score') : update.score.referenceLogprobs_NT === undefined ? 'there is no reference policy' : missing(update, 'score');
    case 'advantage': return missing(update, 'credit');
    case 'tdError': return update.credit !== undefined && valueRow(update) === undefined ? 'the method has no value model' : missing(update, 'credit');
    case 'ratio': case 'coefficient': return missing(update, 'gradient');
    case 'change': return update.after === undefined ? missing(update, 'update') : place.answer >= update.after.watchedAnswers ? watchedWords(update.after.watchedAnswers) : missing(update, 'update');
    default: return channel.id.startsWith('row:') ? whyNoLine(channel.id.slice('row:'.length), update, place) : undefined;
  }
}

function whyNoLine(id: string, update: PartialUpdate, place: Place): string {
  const row = update.credit?.rows.find((one) => one.id === id);
  if (update.credit === undefined) return missing(update, 'credit');
  if (row === undefined) return 'the method has no such line';
  return row.shape === 'step' && stepOf(geometryOf(update), place) < 0 ? 'the token belongs to no step' : NO_NUMBER_OF_LINE;
}

function watchedWords(watched: number): string {
  return watched === 0 ? 'no answer of this run is looked at again after an update' : `only the first ${watched} answers of an update are looked at again after it`;
}

const HOLDS: Readonly<Record<Exclude<Phase, 'sample' | 'critique'>, (update: PartialUpdate) => boolean>> = {
  score: ({ score }) => score !== undefined, credit: ({ credit }) => credit !== undefined, gradient: ({ gradient }) => gradient !== undefined, update: ({ after }) => after !== undefined,
};

/** A whole update has its line; one that is shown only up to a phase has not. */
export function missing(update: PartialUpdate, phase: keyof typeof HOLDS): string {
  if (HOLDS[phase](update)) return 'it is not recorded';
  return update.line === undefined ? `it comes with the phase ${PHASE_TITLES[phase]}` : `the phase ${PHASE_TITLES[phase]} is not recorded`;
}
