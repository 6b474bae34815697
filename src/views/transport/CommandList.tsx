// Every command of the page with its key, to search and to press; made from the command table. Here the keys of one character can be
// switched off.

import { useState } from 'react';
import { useStore } from 'zustand';
import { COMMANDS, isCharacter, keyName, type Command } from '../app/commands';
import { Dialog } from '../app/Dialog';
import { useSession } from '../app/SessionContext';
import { isShut } from '../app/shutCommands';

export function CommandList() {
  const { keys } = useSession();
  const isOpen = useStore(keys, (state) => state.isListOpen);
  return <Dialog title="Commands and keys" isOpen={isOpen} onClose={() => keys.setState({ isListOpen: false })}><Body /></Dialog>;
}

function Body() {
  const session = useSession();
  const { keys } = session;
  const hasCharacterKeys = useStore(keys, (state) => state.hasCharacterKeys);
  const [wanted, setWanted] = useState('');
  const words = wanted.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = (COMMANDS as readonly Command[]).filter((command) => command.id !== 'keys' && words.every((word) => command.label.toLowerCase().includes(word)));
  const perform = (command: Command): void => {
    // what it opens or moves stands behind this dialog
    keys.setState({ isListOpen: false });
    command.perform(session);
  };
  return (
    <>
      <form className="commandSearch" onSubmit={(event) => {
        event.preventDefault();
        const first = found.find(({ id }) => !isShut(session, id));
        if (first !== undefined && words.length > 0) perform(first);
      }}>
        {/* a dialog gives the focus to what bears this attribute, which React keeps to itself */}
        <input ref={(input) => input?.setAttribute('autofocus', '')} type="search" aria-label="Search the commands" placeholder="Search; Enter runs the first" value={wanted} onChange={({ target }) => setWanted(target.value)} />
      </form>
      <ul className="commandList" aria-label="Commands">
        {found.map((command) => (
          <li key={command.id}>
            <button type="button" disabled={isShut(session, command.id)} onClick={() => perform(command)}>
              <span>{command.label}{command.where === 'grid' ? <span className="muted"> (its key: on a token)</span> : null}</span>
              <span>{command.keys.filter((key) => hasCharacterKeys || !isCharacter(key)).map((key) => <kbd key={key}>{keyName(key)}</kbd>)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="muted" role="status">{found.length === 0 ? 'No command has these words.' : ''}</p>
      <label className="characterKeys">
        <input type="checkbox" checked={hasCharacterKeys} onChange={({ target }) => keys.setState({ hasCharacterKeys: target.checked })} />
        <span>Keys of one character work. <span className="muted">Switched off, letters and signs do nothing here; Space, Escape and the arrows still do. This browser remembers it.</span></span>
      </label>
    </>
  );
}
