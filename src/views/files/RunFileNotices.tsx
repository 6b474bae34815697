// How far a run file is read or written, what came of it, and, while a file with a state is on screen, the way to go on with it.

import { linesOf } from '../../state/runStore';
import { isBusy } from '../../state/trainingStore';
import { useRun, useSession, useTraining } from '../app/SessionContext';
import { useRunFiles } from './useRunFiles';

export function RunFileNotices() {
  const { runFiles } = useSession();
  const work = useRunFiles((state) => state.work);
  const message = useRunFiles((state) => state.message);
  return (
    <>
      {work === null ? null : (
        <p className="notice readProgress" role="status">
          <progress aria-label={`${work.kind === 'reading' ? 'Reading' : 'Writing'} ${work.name}`} value={work.total > 0 ? work.done : undefined} max={Math.max(1, work.total)} />
          {work.kind === 'reading' ? 'Reading' : 'Writing'} {work.name}
          <button type="button" className="link" onClick={runFiles.stop}>Stop</button>
        </p>
      )}
      {message === null ? null : <p className="notice" role="status">{message} <button type="button" className="link" onClick={runFiles.dismiss}>Dismiss</button></p>}
      <GoOn />
    </>
  );
}

function GoOn() {
  const session = useSession();
  const opened = useRunFiles((state) => state.opened);
  const isShown = useRun((state) => state.source === 'recorded' && state.recorded === opened?.run);
  const hasLive = useRun((state) => state.live !== null);
  const isTraining = useTraining((state) => isBusy(state.status));
  const canTrain = useTraining((state) => state.backend.kind !== 'replay' && state.backend.kind !== 'unknown');
  if (!isShown || opened === null) return null;
  const update = linesOf(opened.run).length;
  if (opened.run.state === undefined) return <p className="notice">This file holds a record alone: it can be looked at, and not go on.</p>;
  if (!canTrain) return null;
  return (
    <p className="notice">
      <button type="button" disabled={isTraining} onClick={() => session.resumeFile()}>Continue this run (update {update})</button>
      {isTraining ? <span className="muted">when the live run is paused</span> : hasLive ? <span className="muted">the live run ends; this browser keeps it</span> : null}
    </p>
  );
}
