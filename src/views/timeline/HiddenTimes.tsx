// The times at which the tab was hidden while the run trained, one sentence each.

import { hiddenSentence, type HiddenTime } from '../../viz/hiddenTime';
import { useRun, useSession } from '../app/SessionContext';

const NONE: readonly HiddenTime[] = [];

export function useHiddenTimes(): readonly HiddenTime[] {
  return useRun((state) => (state.source === 'live' ? state.live?.hidden : undefined)) ?? NONE;
}

export function HiddenTimes() {
  const session = useSession();
  const times = useHiddenTimes();
  if (times.length === 0) return null;
  return (
    <ul className="findings" aria-label="Tab hidden">
      {times.map((time) => (
        <li key={time.from}><span className="hiddenMark" aria-hidden="true" /> <button type="button" className="link" onClick={() => session.showUpdate(time.after + 1)}>Update {time.after + 1}</button>: {hiddenSentence(time)}</li>
      ))}
    </ul>
  );
}
