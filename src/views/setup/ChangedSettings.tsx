// What was changed in the setup while a run is there: some settings can hold from its next update on, the others need a restart.
// Nothing about a running run changes silently.

import { valueOf } from '../../state/configurationStore';
import { changedSettings } from '../../state/interventions';
import { putDown } from '../../state/setupPanel';
import { formatShort } from '../../viz/format';
import { useConfiguration, useRun, useSession, useTraining } from '../app/SessionContext';

export function ChangedSettings() {
  const session = useSession();
  const state = useConfiguration((one) => one);
  const hasErrors = Object.keys(state.errors).length > 0;
  const isOver = useTraining(({ status }) => status.kind === 'stopped');
  const hasRun = useRun(({ live }) => live !== null);
  const { live, restart } = changedSettings(state);
  const count = live.length + restart.length;
  if (count === 0) return null;
  /** The sheet would cover what comes of it. */
  const perform = (act: () => void) => (): void => {
    putDown(session.setupPanel);
    act();
  };
  const labelOf = (path: string): string => state.catalogue?.settings.find(({ name }) => name === path)?.label.toLowerCase() ?? path.split('.').at(-1)!;
  const words = (path: string): string => {
    const value = valueOf(state.configuration!, path);
    return `${labelOf(path)} ${typeof value === 'number' ? formatShort(value) : value ?? 'removed'}`;
  };
  return (
    <div className="restart">
      {live.length === 0 || !hasRun || isOver ? null : (
        <>
          <button type="button" className="primary" disabled={hasErrors} onClick={perform(() => session.interventions.changeSettings())}>Apply from the next update</button>
          <p className="fieldNote">{live.map(words).join(', ')}. The run goes on and its record says so.</p>
        </>
      )}
      <button type="button" className={live.length === 0 ? 'primary' : undefined} disabled={hasErrors} onClick={perform(() => session.restart())}>Restart with {count} change{count === 1 ? '' : 's'}</button>
      <p className="fieldNote">{[...restart, ...live].map(words).join(', ')}</p>
    </div>
  );
}
