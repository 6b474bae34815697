// The setup: a column beside the stage that can be folded away, or on a small screen a sheet.

import { useStore } from 'zustand';
import { toggleFold } from '../../state/setupPanel';
import { commandHint } from '../app/commands';
import { Icon } from '../app/Icon';
import { useSession } from '../app/SessionContext';
import { useHasSheets } from '../app/sheets';
import { SetupBody } from './SetupBody';
import { SetupSheet } from './SetupSheet';

export function SetupPanel() {
  return useHasSheets() ? <SetupSheet /> : <SetupColumn />;
}

function SetupColumn() {
  const session = useSession();
  const isFolded = useStore(session.setupPanel, (state) => state.isFolded);
  const hasCharacterKeys = useStore(session.keys, (state) => state.hasCharacterKeys);
  const words = isFolded ? 'Unfold the setup' : 'Fold the setup away';
  return (
    <section className={isFolded ? 'panel setup isFolded' : 'panel setup'} aria-labelledby="setupTitle">
      <div className="setupHead">
        <h2 id="setupTitle" className="panelTitle">Setup</h2>
        <button type="button" className="quiet iconButton" aria-label={words} title={commandHint('setup', hasCharacterKeys, words)} onClick={() => toggleFold(session.setupPanel)}><Icon name={isFolded ? 'right' : 'left'} /></button>
      </div>
      {isFolded ? null : <SetupBody />}
    </section>
  );
}
