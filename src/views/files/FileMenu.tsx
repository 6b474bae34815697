// The run on screen as a file, and a file as a run: the menu in the top bar. Dropping or pasting one does the same
// (../share/useFileDrop.ts).

import { useEffect, useRef } from 'react';
import { kindOfFile } from '../../state/fileDesk';
import { shownRun } from '../../state/runStore';
import { findCommand } from '../app/commands';
import { Menu } from '../app/Menu';
import { useRun, useSession } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';
import { saveFile } from '../realAnswers/saveFile';
import { useRunFiles } from './useRunFiles';

export function FileMenu() {
  const session = useSession();
  const { runFiles, files } = session;
  const { keysOf } = useKeyWords();
  const input = useRef<HTMLInputElement>(null);
  const isBusy = useRunFiles((state) => state.work !== null);
  const hasRun = useRun((state) => (shownRun(state)?.updates.length ?? 0) > 0);
  useEffect(() => {
    const stops = [
      runFiles.lendHands({ save: saveFile, choose: () => input.current?.click() }),
      files.accept('run', (file, name) => {
        // the run stands behind any dialog
        for (const dialog of document.querySelectorAll('dialog[open]')) (dialog as HTMLDialogElement).close();
        return runFiles.importRun(file, name);
      }),
    ];
    const onPaste = (event: ClipboardEvent): void => {
      if (event.target instanceof Element && event.target.closest('input, textarea, dialog') !== null) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const file = new Blob([text]);
      void kindOfFile(file).then((kind) => { if (kind === 'run') void files.open(file, 'pasted run'); });
    };
    document.addEventListener('paste', onPaste);
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener('paste', onPaste);
    };
  }, [runFiles, files]);
  return (
    <>
      <input ref={input} type="file" hidden accept=".run,.json,.gz,application/gzip,application/json" aria-label="Run file" onChange={({ target }) => {
        const file = target.files?.[0];
        // chosen here it is a run, or refused with the reason
        if (file !== undefined) void runFiles.importRun(file, file.name);
        // the same file once more is a change too
        target.value = '';
      }} />
      <Menu label="File" hint="Save this run as a file, or open one">
        {(close) => {
          const choice = (title: string, keys: string, says: string, isEnabled: boolean, perform: () => void) => (
            <div className="menuChoice">
              <button type="button" disabled={!isEnabled || isBusy} onClick={() => { close(); perform(); }}>{title} {keys === '' ? null : <kbd>{keys}</kbd>}</button>
              <span className="muted">{says}</span>
            </div>
          );
          return (
            <>
              {choice('Export run file', keysOf('exportRun'), 'record, settings, weights and optimiser: it can go on elsewhere', hasRun, () => findCommand('exportRun').perform(session))}
              {choice('Export record only', '', 'every number of every update, to look at; smaller', hasRun, () => void runFiles.exportRun(false))}
              {choice('Import run file', keysOf('importRun'), 'or drop one anywhere on the page; runs of older versions too', true, () => findCommand('importRun').perform(session))}
            </>
          );
        }}
      </Menu>
    </>
  );
}
