// The dialog of a link to what is on screen, and what such a link is and is not.

import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { writeLink } from '../../state/link/link';
import { isSetupWanted, linkOfRun, linkOfSetup } from '../../state/link/sessionLink';
import { isSameRecipe } from '../../state/recipe';
import { findCommand } from '../app/commands';
import { Dialog } from '../app/Dialog';
import { useConfiguration, useRun, useSession, useStage } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';
import { ClassroomBuilder } from '../classroom/ClassroomBuilder';
import { OfflinePanel } from '../classroom/OfflinePanel';
import { useCompare } from '../compare/useCompare';
import { CopyField } from './CopyField';
import { linkText } from './linkText';
import { shareDialog } from './shareDialog';

export function ShareButton() {
  const session = useSession();
  const { hintOf } = useKeyWords();
  const isOpen = useStore(shareDialog, (state) => state.isOpen);
  return (
    <>
      <button type="button" aria-haspopup="dialog" title={hintOf('share', 'Copy a link to this view')} onClick={() => findCommand('share').perform(session)}>Share</button>
      <Dialog title="Share" isWide isOpen={isOpen} onClose={() => shareDialog.setState({ isOpen: false })}><ShareBody /></Dialog>
    </>
  );
}

type What = 'view' | 'setup';

function ShareBody() {
  const session = useSession();
  const { catalogue, configuration: setup } = useConfiguration((state) => state);
  // what the link is made of may change behind the dialog while a run goes on
  useRun((state) => state);
  useStage((state) => state.view);
  useCompare((state) => state);
  const [wanted, setWanted] = useState<What | null>(null);
  if (catalogue === null || setup === null) return <p>A link needs the list of presets and methods, which comes from the training worker. It is not there.</p>;
  const [ofRun, ofSetup] = [linkOfRun(session), linkOfSetup(session)];
  const isOther = ofRun?.configuration !== undefined && !isSameRecipe(catalogue, setup, ofRun.configuration);
  const what: What = ofRun === undefined ? 'setup' : !isOther ? 'view' : wanted ?? (isSetupWanted(session) ? 'setup' : 'view');
  const link = (what === 'view' ? ofRun : undefined) ?? ofSetup;
  const { judge, model = '' } = (link.configuration ?? setup).critic;
  return (
    <div className="shareBody">
      {isOther ? (
        <fieldset className="choices">
          <legend>The setup differs from the run on screen.</legend>
          <label><input type="radio" name="shared" checked={what === 'view'} onChange={() => setWanted('view')} /> The run on screen, at this place</label>
          <label><input type="radio" name="shared" checked={what === 'setup'} onChange={() => setWanted('setup')} /> The recipe in the setup</label>
        </fieldset>
      ) : null}
      <CopyField label={what === 'view' ? 'Link to this exact view' : 'Link to this recipe'} text={linkText(writeLink(catalogue, link))} action="Copy link" isFirst />
      <p>A link is a recipe: preset, what differs from it, seed and place. Whoever opens it and presses Play makes the run anew, from the same random numbers. On another graphics card the last bits of numbers may differ, and after some updates the answers with them.</p>
      <p>A run file is an exact recording of a run. It shows every number as it was, and needs no training.</p>
      {judge === 'endpoint' ? <p>The judge’s address and key are not in the link: whoever opens it names a judge of their own.</p> : null}
      {judge === 'model' && model.includes('/') ? <p>The link names the judge {model}. It is downloaded only after whoever opens the link agrees.</p> : null}
      <OpenFile />
      <details className="forClass">
        <summary>For a class: lock or hide controls, present, embed</summary>
        <ClassroomBuilder catalogue={catalogue} link={link} linkText={linkText} />
      </details>
      <OfflinePanel />
    </div>
  );
}

/** Dropping and pasting do the same. */
function OpenFile() {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="openFile">
      <input ref={input} type="file" hidden aria-label="Picture or file to open" onChange={({ target }) => {
        const file = target.files?.[0];
        if (file !== undefined) void session.files.open(file, file.name);
        target.value = '';
      }} />
      <button type="button" onClick={() => input.current?.click()}>Open a picture or file</button>
      <p className="fieldNote">Pictures saved from a panel’s menu hold this link too: open one here, or drop it on the page.</p>
    </div>
  );
}
