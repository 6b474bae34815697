// The language model that judges, as a person chose it. A key lives here and in the workers' memory, nowhere else: this store
// is never written down. What may be sent where is agreed to for exactly these fields, what may be fetched for exactly this
// model; change one and it is asked anew.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JudgeAccuracy } from '../formats/judgeAccuracy';
import type { Endpoint, JudgeProgress, JudgeQuestion, ModelSettings } from '../lab/judging';
import type { Catalogue } from '../workers/protocol';
import type { ModelFile } from '../workers/criticMessages';

export const ENDPOINT_NUMBERS = ['temperature', 'maximumTokens', 'concurrency', 'timeoutSeconds'] as const;
export type EndpointNumber = (typeof ENDPOINT_NUMBERS)[number];
export const MODEL_NUMBERS = ['temperature', 'maximumTokens'] as const;
export type ModelNumber = (typeof MODEL_NUMBERS)[number];

/** What every judge that writes is asked, as typed. */
export interface AskedFields {
  readonly showsReference: boolean;
  readonly system: string;
  readonly user: string;
}

/** As typed. */
export interface EndpointFields extends AskedFields, Readonly<Record<EndpointNumber, string>> {
  readonly url: string;
  readonly model: string;
  readonly key: string;
}

/** As typed. */
export interface ModelFields extends AskedFields, Readonly<Record<ModelNumber, string>>, Pick<ModelSettings, 'device' | 'weights'> {}

/** The shipped judge was taught on its own texts; all other models are asked in words. */
export type ModelKind = 'builtIn' | 'other';

export interface OpenedFolder {
  readonly name: string;
  readonly files: readonly ModelFile[];
}

export interface JudgeState {
  /** null until the catalogue says what they start with */
  readonly fields: EndpointFields | null;
  readonly models: Readonly<Record<ModelKind, ModelFields>> | null;
  readonly folder: OpenedFolder | null;
  /** what was agreed to send, as `agreementOf` says it */
  readonly agreed: string | null;
  /** what was agreed to fetch */
  readonly allowed: NonNullable<ModelSettings['allowed']> | null;
  /** what waits for an agreement */
  readonly asks: JudgeQuestion | null;
  /** why the judge stopped */
  readonly message: string | null;
  readonly progress: JudgeProgress | null;
  /** of the shipped judge, as measured; null until it is looked at */
  readonly accuracy: JudgeAccuracy | null;
}

export type JudgeStore = StoreApi<JudgeState>;
type Judges = NonNullable<Catalogue['judges']>;

export function createJudgeStore(): JudgeStore {
  return createStore<JudgeState>(() => ({ fields: null, models: null, folder: null, agreed: null, allowed: null, asks: null, message: null, progress: null, accuracy: null }));
}

export function defaultFields({ endpoint: { defaults } }: Judges): EndpointFields {
  const { prompts, showsReference, ...numbers } = defaults;
  return { url: '', model: '', key: '', ...typed(ENDPOINT_NUMBERS, numbers), showsReference, ...prompts };
}

export function defaultModelFields({ models }: Judges, kind: ModelKind): ModelFields {
  const { prompts, showsReference, device, weights, ...numbers } = models.defaults[kind];
  return { device, weights, ...typed(MODEL_NUMBERS, numbers), showsReference, ...prompts };
}

/** Everything that decides what goes where; the key decides nothing about that. */
export function agreementOf({ url, model, showsReference, system, user }: EndpointFields): string {
  return JSON.stringify([url, model, showsReference, system, user]);
}

/** Null until an address is typed. Numbers out of bounds are refused by whoever uses it, with a sentence. */
export function endpointOf({ fields, agreed }: JudgeState): Endpoint | null {
  if (fields === null || fields.url.trim() === '') return null;
  const { url, model, key, showsReference, system, user } = fields;
  return { url, model, key: key.trim(), ...numbersOf(ENDPOINT_NUMBERS, fields), showsReference, prompts: { system, user }, isAllowed: agreed === agreementOf(fields) };
}

/** Null until the catalogue is there. */
export function modelSettingsOf({ models, allowed }: JudgeState, kind: ModelKind): ModelSettings | null {
  if (models === null) return null;
  const { device, weights, showsReference, system, user, ...numbers } = models[kind];
  return { device, weights, ...numbersOf(MODEL_NUMBERS, numbers), showsReference, prompts: { system, user }, ...(allowed !== null && { allowed }) };
}

/** By the name that the shipped judge has in a configuration; absent in older ones. */
export function kindOf(model: string | undefined): ModelKind {
  return (model ?? 'built-in') === 'built-in' ? 'builtIn' : 'other';
}

function typed<Name extends string>(names: readonly Name[], numbers: Readonly<Record<Name, number>>): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, String(numbers[name])])) as Record<Name, string>;
}

function numbersOf<Name extends string>(names: readonly Name[], fields: Readonly<Record<Name, string>>): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, fields[name].trim() === '' ? Number.NaN : Number(fields[name])])) as Record<Name, number>;
}
