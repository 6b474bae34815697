// What a person changes of the live run while it goes on: settings that may change from the next update on, and the numbers that what-if
// changed, applied to the update under way. The worker answers with the run's header, in which every change stands.

import type { RunConfiguration } from '../lab/configuration';
import type { RunHeader } from '../lab/record';
import type { CommandBody } from '../workers/protocol';
import { differences, hasReference, valueOf, withValue, type ConfigurationState, type ConfigurationStore } from './configurationStore';
import type { RunState, RunStore } from './runStore';
import type { Status, TrainingStore } from './trainingStore';
import { isOf, type WhatIfDesk, type WhatIfState } from './whatIf';

interface InterventionsParts {
  readonly run: RunStore;
  readonly training: TrainingStore;
  readonly configuration: ConfigurationStore;
  readonly whatIf: WhatIfDesk;
  send(body: CommandBody): void;
}

export type Interventions = ReturnType<typeof createInterventions>;

export function createInterventions({ run, training, configuration, whatIf, send }: InterventionsParts) {
  /** Sends the setup's changed values, as far as the live run can take them. */
  function changeSettings(): void {
    const { live } = changedSettings(configuration.getState());
    const { configuration: chosen } = configuration.getState();
    if (chosen === null || live.length === 0 || run.getState().live === null) return;
    send({ kind: 'changeSettings', settings: Object.fromEntries(live.map((path) => [path, Number(valueOf(chosen, path))])) });
  }

  /** Training goes on with the reader's numbers in this update. */
  function applyWhatIf(): void {
    const { edits } = whatIf.store.getState();
    if (!canApply(whatIf.store.getState(), run.getState(), training.getState().status)) return;
    whatIf.discard();
    training.setState({ status: { kind: 'stepping' }, error: null });
    send({ kind: 'applyEdits', edits });
  }

  /** The header now says so too. */
  function intervened(header: RunHeader): void {
    const { live } = run.getState();
    if (live === null) return;
    run.setState({ live: { ...live, header } });
    configuration.setState({ applied: latestConfiguration(header) });
  }

  return { changeSettings, applyWhatIf, intervened };
}

/** What holds in the run's next update. */
export function latestConfiguration({ configuration, interventions }: RunHeader): RunConfiguration {
  return (interventions ?? []).reduce((now, one) => (one.kind === 'settings'
    ? Object.entries(one.settings).reduce((next, [path, value]) => withValue(next, path.split('.'), value), now)
    : now), configuration);
}

/** Paths of what was changed in the setup: what the live run can take as it goes on, and what needs a restart. */
export function changedSettings({ catalogue, configuration, applied }: ConfigurationState): { readonly live: readonly string[]; readonly restart: readonly string[] } {
  const all = configuration === null || applied === null ? [] : differences(applied, configuration);
  // without a reference policy there is nothing that its weight could weigh
  const isLive = (path: string): boolean => catalogue?.liveSettings.includes(path) === true && !(path === 'loss.klWeight' && applied !== null && !hasReference(applied));
  const needsRestart = all.filter((path) => !isLive(path));
  return { live: all.filter(isLive), restart: needsRestart };
}

/** Between the credit and the gradient phase of the update that is stepped through, once. */
export function canApply(state: WhatIfState, run: RunState, status: Status): boolean {
  const pending = run.source === 'live' ? run.live?.pending : undefined;
  return status.kind === 'paused' && pending?.phase === 'credit' && pending.record.edited === undefined && state.result !== null && !state.isWorking && isOf(state, run);
}
