// What waits in the setup to be trained: the sheet's button says it while the sheet is down.

import { changedSettings } from '../../state/interventions';
import { isSameRecipe } from '../../state/recipe';
import { shownRun } from '../../state/runStore';
import { isBusy } from '../../state/trainingStore';
import { useConfiguration, useLink, useRun, useTraining } from '../app/SessionContext';

/** `sign`: what a small button has room for; it is told with the `rest`. */
export function useWaiting(): { readonly sign: string; readonly rest: string } | null {
  const count = useConfiguration((state) => {
    const { live, restart } = changedSettings(state);
    return live.length + restart.length;
  });
  const isNotYetTrained = useIsNotYetTrained();
  if (count > 0) return { sign: String(count), rest: count === 1 ? 'change waits' : 'changes wait' };
  return isNotYetTrained ? { sign: 'new', rest: 'recipe, not trained yet' } : null;
}

/** Another recipe than that of the run on screen, and no run of a person's own that it would change. */
export function useIsNotYetTrained(): boolean {
  const { catalogue, configuration, own, applied } = useConfiguration((state) => state);
  const header = useRun((state) => shownRun(state)?.header);
  const hasRun = useRun(({ live }) => live !== null);
  const isTaken = useTraining(({ status, backend }) => isBusy(status) || backend.kind === 'replay');
  // a link says it itself
  const isSaid = useLink(({ waiting }) => waiting !== null);
  if (catalogue === null || configuration === null || header === undefined) return false;
  return configuration !== own && applied === null && !hasRun && !isTaken && !isSaid && !isSameRecipe(catalogue, configuration, header.configuration);
}
