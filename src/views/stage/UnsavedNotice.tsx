// Said once where the browser cannot keep the live run (its storage is full, a private window, plain http): training goes on in this
// tab's memory, and a file keeps it.

import { useState } from 'react';
import { Control } from '../app/Control';
import { findCommand } from '../app/commands';
import { useSaved, useSession } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';

export function UnsavedNotice() {
  const session = useSession();
  const { hintOf } = useKeyWords();
  const problem = useSaved((state) => (state.kept !== null && 'problem' in state.kept ? state.kept.problem : undefined));
  const [dismissed, setDismissed] = useState<string>();
  if (problem === undefined || problem === dismissed) return null;
  return (
    <p className="notice" role="status">
      {problem} It stays in this tab’s memory: export it as a file before you close the tab.
      <Control id="files"><button type="button" className="link" title={hintOf('exportRun')} onClick={() => findCommand('exportRun').perform(session)}>Export run file</button></Control>
      <button type="button" className="link" onClick={() => setDismissed(problem)}>Dismiss</button>
    </p>
  );
}
