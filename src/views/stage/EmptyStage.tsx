// What stands on the stage while there is no update to show, and why.

import { useRun, useTraining } from '../app/SessionContext';

export function EmptyStage() {
  const isLive = useRun((state) => state.source === 'live');
  const failure = useRun((state) => state.recordedFailure);
  const status = useTraining((state) => state.status.kind);
  const updatesWithoutRecord = useRun((state) => (state.source === 'live' ? state.live?.past?.length : undefined)) ?? 0;
  if (updatesWithoutRecord > 0) return <p className="emptyStage">The answers of the {updatesWithoutRecord} updates so far were not kept; the next ones will stand here.</p>;
  if (isLive || status === 'preparing') return <p className="emptyStage">The first answers are on their way.</p>;
  return <p className="emptyStage">{failure === null ? 'Loading the recorded run.' : 'Press Play to train a policy here.'}</p>;
}
