// The language model that judges, as a person typed it. The key lives here and in the workers' memory, nowhere else: this
// store is never written down. What may be sent where is agreed to for exactly these fields; change one and it is asked anew.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Endpoint, JudgeProgress, LeavingRequests } from '../lab/judging';
import type { Catalogue } from '../workers/protocol';

export const ENDPOINT_NUMBERS = ['temperature', 'maximumTokens', 'concurrency', 'timeoutSeconds'] as const;
export type EndpointNumber = (typeof ENDPOINT_NUMBERS)[number];

/** As typed. */
export interface EndpointFields extends Readonly<Record<EndpointNumber, string>> {
  readonly url: string;
  readonly model: string;
  readonly key: string;
  readonly showsReference: boolean;
  readonly system: string;
  readonly user: string;
}

export interface JudgeState {
  /** null until the catalogue says what they start with */
  readonly fields: EndpointFields | null;
  /** what was agreed to, as `agreementOf` says it */
  readonly agreed: string | null;
  /** what waits for an agreement */
  readonly asks: LeavingRequests | null;
  /** why the judge stopped */
  readonly message: string | null;
  readonly progress: JudgeProgress | null;
}

export type JudgeStore = StoreApi<JudgeState>;

export function createJudgeStore(): JudgeStore {
  return createStore<JudgeState>(() => ({ fields: null, agreed: null, asks: null, message: null, progress: null }));
}

export function defaultFields({ defaults }: NonNullable<Catalogue['endpoint']>): EndpointFields {
  const { prompts, showsReference, ...numbers } = defaults;
  const texts = Object.fromEntries(ENDPOINT_NUMBERS.map((name) => [name, String(numbers[name])])) as Record<EndpointNumber, string>;
  return { url: '', model: '', key: '', ...texts, showsReference, ...prompts };
}

/** Everything that decides what goes where; the key decides nothing about that. */
export function agreementOf({ url, model, showsReference, system, user }: EndpointFields): string {
  return JSON.stringify([url, model, showsReference, system, user]);
}

/** Null until an address is typed. Numbers out of bounds are refused by whoever uses it, with a sentence. */
export function endpointOf({ fields, agreed }: JudgeState): Endpoint | null {
  if (fields === null || fields.url.trim() === '') return null;
  const { url, model, key, showsReference, system, user } = fields;
  const numbers = Object.fromEntries(ENDPOINT_NUMBERS.map((name) => [name, fields[name].trim() === '' ? Number.NaN : Number(fields[name])])) as Record<EndpointNumber, number>;
  return { url, model, key: key.trim(), ...numbers, showsReference, prompts: { system, user }, isAllowed: agreed === agreementOf(fields) };
}
