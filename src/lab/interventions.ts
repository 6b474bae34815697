// What a person changes of a run while it goes on. The configuration alone would no longer say where its numbers come from, so every
// change stands in the run's header with the update from which, or in which, it holds; whatever goes on with the run reads it there.

import { keepsReference, type RunConfiguration } from './configuration';
import { SETTINGS } from './settings';
import type { Edit } from './whatIf/edits';

/** Settings that shape no plan and no buffer: another value may hold from the next update on. */
export const LIVE_SETTINGS = ['optimizer.learningRate', 'sampling.temperature', 'loss.klWeight'] as const;
export type LiveSetting = (typeof LIVE_SETTINGS)[number];
export type LiveSettings = { readonly [Name in LiveSetting]?: number };

export type Intervention =
  /** from this update on */
  | { readonly kind: 'settings'; readonly update: number; readonly settings: LiveSettings }
  /** in this update: its credit was worked out with these numbers changed */
  | { readonly kind: 'edits'; readonly update: number; readonly edits: readonly Edit[] };

/** What holds in an update. */
export function configurationAt(configuration: RunConfiguration, interventions: readonly Intervention[] | undefined, update: number): RunConfiguration {
  return (interventions ?? []).reduce((now, one) => (one.kind === 'settings' && one.update <= update ? withSettings(now, one.settings) : now), configuration);
}

/** Later settings for the same update take the place of earlier ones. */
export function addSettings(interventions: readonly Intervention[] | undefined, update: number, settings: LiveSettings): readonly Intervention[] {
  const all = interventions ?? [];
  const same = all.find((one) => one.kind === 'settings' && one.update === update);
  const added: Intervention = { kind: 'settings', update, settings: { ...(same?.kind === 'settings' && same.settings), ...settings } };
  return [...all.filter((one) => one !== same), added];
}

/** From the page. Throws a RangeError with a sentence for a person. */
export function readLiveSettings(given: Readonly<Record<string, unknown>>, configuration: RunConfiguration): LiveSettings {
  for (const [name, value] of Object.entries(given)) {
    const option = SETTINGS.find((one) => one.name === name);
    if (option === undefined || !(LIVE_SETTINGS as readonly string[]).includes(name)) throw new RangeError(`${name} cannot change while a run goes on.`);
    if (typeof value !== 'number' || !(value >= (option.minimum ?? -Infinity) && value <= (option.maximum ?? Infinity))) throw new RangeError(`${option.label} must be from ${option.minimum} to ${option.maximum}.`);
    if (name === 'loss.klWeight' && !keepsReference(configuration)) throw new RangeError('This run keeps no reference policy, so its KL weight cannot change: restart it with a KL estimator.');
  }
  return given as LiveSettings;
}

function withSettings(configuration: RunConfiguration, settings: LiveSettings): RunConfiguration {
  const { 'optimizer.learningRate': learningRate, 'sampling.temperature': temperature, 'loss.klWeight': klWeight } = settings;
  return {
    ...configuration,
    ...(learningRate !== undefined && { optimizer: { ...configuration.optimizer, learningRate } }),
    ...(temperature !== undefined && { sampling: { ...configuration.sampling, temperature } }),
    ...(klWeight !== undefined && { loss: { ...configuration.loss, klWeight } }),
  };
}
