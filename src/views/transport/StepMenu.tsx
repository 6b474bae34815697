// A step has two meanings: the next phase, or the next update. Named here with what each shows and its key; and how fast Play goes.

import { useStore } from 'zustand';
import { PAUSES, SPEEDS } from '../../state/pace';
import { findCommand, type CommandId } from '../app/commands';
import { Control } from '../app/Control';
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
    <Menu label="Step" hint="What a step is, and how fast Play goes">
      {(close) => (
        <>
          {MEANINGS.map(({ id, title, says }) => (
            <div key={id} className="menuChoice">
              <button type="button" disabled={!canStep[id]} onClick={() => findCommand(id).perform(session)}>{title} {keysOf(id) === '' ? null : <kbd>{keysOf(id)}</kbd>}</button>
              <span className="muted">{says}</span>
            </div>
          ))}
          <Control id="reset"><div className="menuChoice">
            <button type="button" onClick={() => { close(); session.reset(); }}>Reset</button>
            <span className="muted">drop the live run and start again</span>
          </div></Control>
          <Control id="play"><Pace /></Control>
        </>
      )}
    </Menu>
  );
}

function Pace() {
  const { pace } = useSession();
  const { speed, pauseMs } = useStore(pace);
  return (
    <>
      <div className="menuChoice paceChoice">
        <div className="segments" role="group" aria-label="Speed of a recording">
          {SPEEDS.map((one) => <button key={one} type="button" aria-pressed={one === speed} onClick={() => pace.setState({ speed: one })}>{one}×</button>)}
        </div>
        <span className="muted">how fast a recorded run plays</span>
      </div>
      <div className="menuChoice">
        <div className="segments" role="group" aria-label="Pause between updates">
          {PAUSES.map((one) => <button key={one} type="button" aria-pressed={one === pauseMs} onClick={() => pace.setState({ pauseMs: one })}>{one === 0 ? 'No pause' : `${one / 1000} s`}</button>)}
        </div>
        <span className="muted">between two updates of a live run, to look at each</span>
      </div>
    </>
  );
}
