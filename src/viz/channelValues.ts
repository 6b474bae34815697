// All numbers of a channel: of some answers, or the scale that they give over a whole run. Those of a record are kept, because records never change and a scale over
// the whole run asks for them again with every update that comes.

import type { Channel, PartialUpdate } from './channel';
import { symmetricDomain, type Domain } from './scale';

export function valuesOfAnswers(update: PartialUpdate, channel: Channel, answers: Iterable<number>): number[] {
  const values: number[] = [];
  for (const answer of answers) {
    for (let token = 0; token < update.sample.lengths_N[answer]!; token++) values.push(channel.valueAt(update, { answer, token }));
  }
  return values;
}

/** Kept for a list of records: scrubbing through them does not sort them again. */
export function domainOfRun(updates: readonly PartialUpdate[], channel: Channel): Domain {
  const byChannel = domains.get(updates) ?? new Map<string, Domain>();
  domains.set(updates, byChannel);
  const domain = byChannel.get(channel.id) ?? symmetricDomain(joined(updates.map((update) => valuesOfUpdate(update, channel))), channel.center);
  byChannel.set(channel.id, domain);
  return domain;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const domains = new WeakMap<readonly PartialUpdate[], Map<string, Domain>>();
const known = new WeakMap<PartialUpdate, Map<string, Float32Array>>();

function valuesOfUpdate(update: PartialUpdate, channel: Channel): Float32Array {
  const byChannel = known.get(update) ?? new Map<string, Float32Array>();
  known.set(update, byChannel);
  const values = byChannel.get(channel.id) ?? Float32Array.from(valuesOfAnswers(update, channel, Array(update.sample.answers).keys()));
  byChannel.set(channel.id, values);
  return values;
}
