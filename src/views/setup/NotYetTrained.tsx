// What a person has set up is not what stands on the stage: said where it was chosen, with the way to train it. A run that is
// there is changed or restarted instead (ChangedSettings).

import { isSameRecipe } from '../../state/recipe';
import { shownRun } from '../../state/runStore';
import { isBusy } from '../../state/trainingStore';
import { Control } from '../app/Control';
import { useConfiguration, useLink, useRun, useSession, useTraining } from '../app/SessionContext';

export function NotYetTrained() {
  const session = useSession();
  const { catalogue, configuration, own, applied, errors } = useConfiguration((state) => state);
  const header = useRun((state) => shownRun(state)?.header);
  const names = useRun((state) => shownRun(state)?.names);
  const hasRun = useRun(({ live }) => live !== null);
  const isTaken = useTraining(({ status, backend }) => isBusy(status) || backend.kind === 'replay');
  // a link says it itself
  const isSaid = useLink(({ waiting }) => waiting !== null);
  if (catalogue === null || configuration === null || header === undefined || names === undefined) return null;
  if (configuration === own || applied !== null || hasRun || isTaken || isSaid || isSameRecipe(catalogue, configuration, header.configuration)) return null;
  return (
    <div className="restart">
      <p className="fieldNote" role="status">On screen is the recorded run of {names.methodTitle}. This setup is not trained yet.</p>
      <Control id="play"><button type="button" className="primary" disabled={Object.keys(errors).length > 0} onClick={() => session.togglePlay()}>Train this setup</button></Control>
    </div>
  );
}
