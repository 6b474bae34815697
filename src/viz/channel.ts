// What can be painted over the tokens: each channel is a number a token, taken from an update's record. The credit
// program's own lines come in between the verifier's reward and the advantage, in program order.

import type { CreditRow, UpdateRecord } from '../lab/record';
import type { Place } from './creditGeometry';
import { geometryOf, valueAt } from './creditGeometry';
import { valueRow } from './valueLine';
import { errorAt } from './valueTrack';

export type PartialUpdate = Partial<UpdateRecord> & Pick<UpdateRecord, 'sample'>;

export interface Channel {
  readonly id: string;
  readonly label: string;
  /** signed values lie on both sides of the centre; magnitudes only on one */
  readonly kind: 'signed' | 'magnitude';
  /** the value without colour: 1 for a ratio, else 0 */
  readonly center: number;
  /** one sentence: what the number is */
  readonly meaning: string;
  /** NaN where there is no number: past the end of an answer, or not recorded (yet) */
  valueAt(update: PartialUpdate, place: Place): number;
}

/** Everything the record holds so far, whether or not its phase has been reached: the menu does not jump about. */
export function channelsOf(update: PartialUpdate): readonly Channel[] {
  const rows = update.credit?.rows ?? [];
  const advantageRow = rows.findLast((row) => row.shape === 'token');
  return [
    REWARD,
    ...rows.filter((row) => row !== advantageRow).map(rowChannel),
    ...(valueRow(update) === undefined ? [] : [TD_ERROR]),
    ADVANTAGE,
    ...MODEL_CHANNELS.filter((channel) => channel !== KL || update.score?.referenceLogprobs_NT !== undefined),
  ];
}

/** Falls back to the advantage: another method has other lines. */
export function findChannel(channels: readonly Channel[], id: string): Channel {
  return channels.find((channel) => channel.id === id) ?? channels.find((channel) => channel.id === ADVANTAGE_CHANNEL)!;
}

export const ADVANTAGE_CHANNEL = 'advantage';

/** The credit row that a channel shows, where it shows one. */
export function rowOfChannel(update: PartialUpdate, id: string): CreditRow | undefined {
  const rows = update.credit?.rows ?? [];
  if (id === ADVANTAGE_CHANNEL) return rows.findLast((row) => row.shape === 'token');
  return rows.find((row) => rowChannelId(row) === id);
}

const REWARD: Channel = {
  id: 'reward', label: 'Reward', kind: 'signed', center: 0, meaning: 'The verifier’s score of the whole answer: 1 right, 0 wrong.',
  valueAt: (update, place) => (isToken(update, place) ? at(update.score?.outcome_N, place.answer) : Number.NaN),
};

const ADVANTAGE = tokenChannel(
  ADVANTAGE_CHANNEL, 'Advantage', 'signed', 0, 'The credit: how much more (blue) or less (orange) likely the update should make this token.', (update) => update.credit?.advantages_NT,
);

export const TD_ERROR: Channel = {
  id: 'tdError', label: 'TD error', kind: 'signed', center: 0,
  meaning: 'Reward of the token plus the next value minus the value before it: how much better or worse things stand after the token than was expected.', valueAt: errorAt,
};

const KL: Channel = {
  id: 'kl', label: 'KL to the reference', kind: 'magnitude', center: 0, meaning: 'How far the policy has moved from where the run started at this token, estimated from the token itself: exp(d) − d − 1 with d = reference − old log-prob.',
  valueAt(update, place) {
    if (!isToken(update, place)) return Number.NaN;
    const index = place.answer * update.sample.width + place.token;
    const gap = at(update.score?.referenceLogprobs_NT, index) - at(update.score?.oldLogprobs_NT, index);
    return Math.expm1(gap) - gap;
  },
};

const MODEL_CHANNELS: readonly Channel[] = [
  tokenChannel('logprob', 'Log-prob', 'magnitude', 0, 'Log-probability of the token under the policy that wrote it; further from 0 is more surprising.', (update) => update.score?.oldLogprobs_NT),
  tokenChannel('entropy', 'Entropy', 'magnitude', 0, 'How undecided the policy was here, in nats.', (update) => update.score?.entropy_NT),
  KL,
  tokenChannel('ratio', 'Ratio', 'signed', 1, 'Probability under the policy being trained over that under the one that sampled.', (update) => update.gradient?.ratio_NT),
  {
    // turned, so that up and blue mean the same as for the advantage
    id: 'coefficient', label: 'Gradient push', kind: 'signed', center: 0, meaning: 'The loss’s coefficient with its sign turned, −d loss / d log-prob: above 0 (blue) the step makes this token likelier, below 0 (orange) less likely.',
    valueAt: (update, place) => (isToken(update, place) ? 0 - at(update.gradient?.coefficient_NT, place.answer * update.sample.width + place.token) : Number.NaN),
  },
  {
    id: 'change', label: 'Change in log-prob', kind: 'signed', center: 0, meaning: 'Log-probability after the update minus before it: what the update did to this token.',
    valueAt(update, place) {
      const after = update.after;
      if (after === undefined || place.answer >= after.watchedAnswers || !isToken(update, place)) return Number.NaN;
      const index = place.answer * update.sample.width + place.token;
      return at(after.logprobs_WT, index) - at(update.score?.oldLogprobs_NT, index);
    },
  },
];

function rowChannelId(row: CreditRow): string {
  return `row:${row.id}`;
}

function rowChannel(row: CreditRow): Channel {
  return {
    id: rowChannelId(row), label: row.label, kind: 'signed', center: 0, meaning: `A line of the credit program, one number a ${row.shape === 'scalar' ? 'batch' : row.shape}.`,
    valueAt(update, place) {
      const current = update.credit?.rows.find((candidate) => candidate.id === row.id);
      return current === undefined ? Number.NaN : valueAt(current, geometryOf(update), place);
    },
  };
}

function tokenChannel(
  id: string, label: string, kind: Channel['kind'], center: number, meaning: string, read: (update: PartialUpdate) => Float32Array | undefined,
): Channel {
  return {
    id, label, kind, center, meaning,
    valueAt: (update, place) => (isToken(update, place) ? at(read(update), place.answer * update.sample.width + place.token) : Number.NaN),
  };
}

function isToken(update: PartialUpdate, place: Place): boolean {
  return place.token >= 0 && place.token < (update.sample.lengths_N[place.answer] ?? 0);
}

function at(values: Float32Array | undefined, index: number): number {
  return values?.[index] ?? Number.NaN;
}
