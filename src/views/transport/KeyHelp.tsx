// The list of keys, made from the command table.

import { useRef } from 'react';
import { COMMANDS, keyName } from '../app/commands';

export function KeyHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" className="iconButton quiet" title="Keys" aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}><kbd aria-hidden="true">?</kbd><span className="spoken">Keys</span></button>
      <dialog ref={dialog} className="keyHelp" aria-labelledby="keyHelpTitle">
        <h2 id="keyHelpTitle">Keys</h2>
        <dl>
          {COMMANDS.map(({ id, label, keys, where }) => (
            <div key={id}>
              <dt>{keys.map((key) => <kbd key={key}>{keyName(key)}</kbd>)}</dt>
              <dd>{label}{where === 'grid' ? ', on a token' : ''}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog"><button type="submit">Close</button></form>
      </dialog>
    </>
  );
}
