// What a person has set up is not what stands on the stage: said where it was chosen, with the way to train it. A run that is
// there is changed or restarted instead (ChangedSettings).

import { shownRun } from '../../state/runStore';
import { putDown } from '../../state/setupPanel';
import { Control } from '../app/Control';
import { useConfiguration, useRun, useSession } from '../app/SessionContext';
import { useIsNotYetTrained } from './waiting';

export function NotYetTrained() {
  const session = useSession();
  const hasErrors = useConfiguration(({ errors }) => Object.keys(errors).length > 0);
  const methodTitle = useRun((state) => shownRun(state)?.names.methodTitle);
  if (!useIsNotYetTrained()) return null;
  const train = (): void => {
    putDown(session.setupPanel);
    session.togglePlay();
  };
  return (
    <div className="restart">
      <p className="fieldNote" role="status">On screen is the recorded run of {methodTitle}. This setup is not trained yet.</p>
      <Control id="play"><button type="button" className="primary" disabled={hasErrors} onClick={train}>Train this setup</button></Control>
    </div>
  );
}
