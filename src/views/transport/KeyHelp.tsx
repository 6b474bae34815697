// The button that opens the list of commands.

import { commandHint, commandKeys, findCommand } from '../app/commands';
import { useSession } from '../app/SessionContext';

export function KeyHelp() {
  const session = useSession();
  return (
    <button type="button" className="iconButton quiet" title={commandHint('keys')} aria-haspopup="dialog" onClick={() => findCommand('keys').perform(session)}>
      <kbd aria-hidden="true">{commandKeys('keys')}</kbd><span className="spoken">Commands and keys</span>
    </button>
  );
}
