// A step has two meanings: the next phase, or the next update. Named here with what each shows and its key.

import { findCommand, type CommandId } from '../app/commands';
import { Menu } from '../app/Menu';
import { useSession } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';

const MEANINGS = [
  { id: 'nextPhase', title: 'Next phase', says: 'one of the six: what it did in a sentence, its panels lit' },
  { id: 'nextUpdate', title: 'Next update', says: 'all that is left of this one, or the whole next one' },
  { id: 'back', title: 'Back', says: 'through what is recorded; nothing is un-trained' },
] as const satisfies readonly { readonly id: CommandId; readonly title: string; readonly says: string }[];

/** `canStep`: which of them there is something for. */
export function StepMenu({ canStep }: { readonly canStep: Readonly<Record<(typeof MEANINGS)[number]['id'], boolean>> }) {
  const session = useSession();
  const { keysOf } = useKeyWords();
  return (
    <Menu label="Step" hint="What a step is: a phase or an update">
      {() => MEANINGS.map(({ id, title, says }) => (
        <div key={id} className="menuChoice">
          <button type="button" disabled={!canStep[id]} onClick={() => findCommand(id).perform(session)}>{title} {keysOf(id) === '' ? null : <kbd>{keysOf(id)}</kbd>}</button>
          <span className="muted">{says}</span>
        </div>
      ))}
    </Menu>
  );
}
