// The preset to offer where a run of this one is too much for a machine: the same task with the fewest answers an update.

import type { RunConfiguration } from '../lab/configuration';
import type { PresetEntry } from '../workers/protocol';

/** Undefined where there is none with fewer. */
export function smallerPreset(presets: readonly PresetEntry[] | undefined, than: RunConfiguration | null): PresetEntry | undefined {
  if (presets === undefined || than === null) return undefined;
  const [smallest] = presets.filter(({ configuration }) => configuration.task === than.task && answersOf(configuration) < answersOf(than)).toSorted((a, b) => answersOf(a.configuration) - answersOf(b.configuration));
  return smallest;
}

function answersOf({ problemsPerUpdate, answersPerProblem }: RunConfiguration): number {
  return problemsPerUpdate * answersPerProblem;
}
