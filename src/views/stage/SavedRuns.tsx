// Runs that the browser keeps, offered while nothing is being trained, also after a run had to stop: go on with one, or forget it.

import { useState } from 'react';
import { isBusy } from '../../state/trainingStore';
import type { SavedRunEntry } from '../../workers/protocol';
import { useConfiguration, useRun, useSaved, useSession, useTraining } from '../app/SessionContext';

/** without the year: it is to stand in one line with the button and the way out */
const WHEN = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;

export function SavedRuns() {
  const runs = useSaved((state) => state.runs);
  const hasLive = useRun((state) => state.live !== null);
  const isOver = useTraining((state) => state.status.kind === 'stopped');
  const isPreparing = useTraining((state) => isBusy(state.status));
  if ((hasLive && !isOver) || isPreparing || runs.length === 0) return null;
  const [first, ...rest] = runs;
  return (
    <section className="savedRuns" aria-label="Kept runs">
      <SavedRun entry={first!} />
      {rest.length === 0 ? null : (
        <details>
          <summary>{rest.length} more kept {rest.length === 1 ? 'run' : 'runs'}</summary>
          {rest.map((entry) => <SavedRun key={entry.id} entry={entry} />)}
        </details>
      )}
    </section>
  );
}

function SavedRun({ entry }: { readonly entry: SavedRunEntry }) {
  const session = useSession();
  const catalogue = useConfiguration((state) => state.catalogue);
  switch (entry.kind) {
    case 'whole': {
      const { method, task, seed } = entry.configuration;
      const methodTitle = catalogue?.methods.find(({ name }) => name === method)?.title ?? method;
      const taskTitle = catalogue?.tasks.find(({ name }) => name === task)?.title ?? task;
      return (
        <p className="notice">
          <button type="button" onClick={() => session.resume(entry.id)}>Continue run ({methodTitle}, update {entry.updates})</button>
          {/* never in a line of its own */}
          <span><span className="muted">{taskTitle}, seed {seed}, kept {new Date(entry.savedAt).toLocaleString(undefined, WHEN)}</span> <Forget id={entry.id} /></span>
        </p>
      );
    }
    case 'busy':
      return <p className="notice">A kept run is open in another tab. <button type="button" className="link" onClick={() => session.resume(entry.id)}>Continue it here</button> <button type="button" className="link" onClick={() => session.resume(entry.id, true)}>Continue a copy</button></p>;
    case 'damaged':
      return <p className="notice">A kept run can’t be read: {entry.reason}. <Forget id={entry.id} /></p>;
    default: return entry satisfies never;
  }
}

/** Asks once more: what is forgotten is gone. */
function Forget({ id }: { readonly id: string }) {
  const session = useSession();
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) return <button type="button" className="link" onClick={() => setIsAsking(true)}>Forget</button>;
  return (
    <>
      <button type="button" className="link" onClick={() => session.forget(id)}>Forget for good</button>
      <button type="button" className="link" onClick={() => setIsAsking(false)}>Keep</button>
    </>
  );
}
