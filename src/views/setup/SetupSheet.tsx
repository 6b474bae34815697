// The setup of a small screen: a button at the lower edge, beside the slider of updates, and the sheet that it brings up. The sheet stays
// in the page while it is down, so that what was opened and typed in it is still there. A lesson's card stands in place of both, as it
// stands in place of the setup elsewhere.

import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { putDown, toggleSheet } from '../../state/setupPanel';
import { useSession } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';
import { useLessons } from '../lessons/useLessons';
import { SetupBody } from './SetupBody';
import { useFocusOfSheet } from './useFocusOfSheet';
import { useWaiting } from './waiting';

export function SetupSheet() {
  return useLessons(({ open }) => open !== null) ? null : <Sheet />;
}

function Sheet() {
  const { setupPanel, run } = useSession();
  const { hintOf } = useKeyWords();
  const isUp = useStore(setupPanel, (state) => state.isUp);
  const [button, sheet] = [useRef<HTMLButtonElement>(null), useRef<HTMLElement>(null)];
  useFocusOfSheet(setupPanel, isUp, { button, sheet });
  const waiting = useWaiting();
  const words = waiting === null ? '' : `Setup: ${waiting.sign} ${waiting.rest}`;
  useEffect(() => {
    const unsubscribe = run.subscribe(({ selection }, before) => {
      if (selection !== null && selection !== before.selection) putDown(setupPanel);
    });
    return () => {
      unsubscribe();
      putDown(setupPanel);
    };
  }, [run, setupPanel]);
  return (
    <>
      {/* a heading, so that the page's outline is the same while the sheet is down */}
      <h2 className="setupWay">
        <button ref={button} type="button" className="setupButton" aria-expanded={isUp} aria-controls="setup" title={hintOf('setup')} onClick={() => toggleSheet(setupPanel)}>
          Setup{waiting === null ? null : <> <span className="waitingSign">{waiting.sign}</span> <span className="spoken">{waiting.rest}</span></>}
        </button>
      </h2>
      {/* the sheet itself says it */}
      <p className="spoken" role="status">{isUp ? '' : words}</p>
      <section ref={sheet} id="setup" className={isUp ? 'panel setup isSheet' : 'panel setup'} aria-label="Setup" tabIndex={-1} hidden={!isUp}>
        <div className="panelHead">
          <p className="panelTitle" aria-hidden="true">Setup</p>
          <button type="button" className="sheetClose" onClick={() => putDown(setupPanel)}>Close</button>
        </div>
        <SetupBody />
      </section>
    </>
  );
}
