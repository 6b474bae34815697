// What a person changed of the run on its way, as a list: each with its update, to go there.

import type { Intervention } from '../../lab/interventions';
import { shownRun } from '../../state/runStore';
import { changeWords } from '../../viz/interventionWords';
import { useConfiguration, useRun, useSession } from '../app/SessionContext';

const NONE: readonly Intervention[] = [];

export function Interventions() {
  const session = useSession();
  const interventions = useRun((state) => shownRun(state)?.header.interventions) ?? NONE;
  const settings = useConfiguration((state) => state.catalogue?.settings);
  if (interventions.length === 0) return null;
  return (
    <ul className="findings interventions" aria-label="Changed by hand">
      {interventions.map((one, index) => (
        <li key={index}><span className="changeMark" aria-hidden="true" /> <button type="button" className="link" onClick={() => session.showUpdate(one.update)}>{one.kind === 'edits' ? 'Update' : 'From update'} {one.update}</button>: {changeWords(one, settings)}.</li>
      ))}
    </ul>
  );
}
