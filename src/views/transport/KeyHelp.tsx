// The button that opens the list of commands.

import { findCommand, keyName } from '../app/commands';
import { useSession } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';

export function KeyHelp() {
  const session = useSession();
  const { hintOf } = useKeyWords();
  const command = findCommand('keys');
  return (
    <button type="button" className="iconButton quiet" title={hintOf('keys')} aria-haspopup="dialog" onClick={() => command.perform(session)}>
      {/* a sign too, so it stays where the key is switched off */}
      <kbd aria-hidden="true">{command.keys.map(keyName)}</kbd><span className="spoken">Commands and keys</span>
    </button>
  );
}
