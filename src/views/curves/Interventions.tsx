// What a person changed of the run on its way, as a list: each with its update, to go there.

import { useMemo } from 'react';
import { shownRun } from '../../state/runStore';
import { toldInterventions } from '../../viz/interventionWords';
import { useConfiguration, useRun, useSession } from '../app/SessionContext';

export function Interventions() {
  const session = useSession();
  const header = useRun((state) => shownRun(state)?.header);
  const updates = useRun((state) => shownRun(state)?.updates);
  const settings = useConfiguration((state) => state.catalogue?.settings);
  const told = useMemo(() => (header?.interventions === undefined ? [] : toldInterventions(header, settings, (update) => updates?.find(({ line }) => line.update === update)?.sample)), [header, settings, updates]);
  if (told.length === 0) return null;
  return (
    <ul className="findings interventions" aria-label="Changed by hand">
      {told.map(({ update, kind, words }, index) => (
        <li key={index}><span className="changeMark" aria-hidden="true" /> <button type="button" className="link" onClick={() => session.showUpdate(update)}>{kind === 'edits' ? 'Update' : 'From update'} {update}</button>: {words}.</li>
      ))}
    </ul>
  );
}
