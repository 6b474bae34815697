// Says, wherever the reader's changes show, that these numbers are not the run's: which changes, each to take back, and all to discard.

import type { Edit } from '../../lab/whatIf/edits';
import { isOf } from '../../state/whatIf';
import { formatShort } from '../../viz/format';
import { useRun, useSession, useWhatIf } from '../app/SessionContext';
import type { Shown } from '../app/useShown';

export function WhatIfNotice({ shown }: { readonly shown: Shown }) {
  const session = useSession();
  const state = useWhatIf((one) => one);
  const isHere = isOf(state, useRun((run) => run));
  if (!isHere || state.edits.length === 0) return null;
  return (
    <div className="whatIfNotice" role="status">
      <b className="whatIfTag">What if</b>
      <ul aria-label="Changes">
        {state.edits.map((edit) => (
          <li key={JSON.stringify(edit)}>
            {editWords(edit, shown)} <button type="button" className="link" aria-label={`Take back: ${editWords(edit, shown)}`} onClick={() => session.whatIf.takeBack(edit)}>take back</button>
          </li>
        ))}
      </ul>
      <span>{state.failure ?? (state.isWorking && state.result === null ? 'Working it out.' : 'Credit and gradient coefficients (at ratio 1) follow; tokens with another number are marked. The run is as it was.')}</span>
      <button type="button" onClick={() => session.whatIf.discard()}>Discard</button>
    </div>
  );
}

/** Answers by their place in the group where they are on screen, with the problem where they are not. */
export function editWords(edit: Edit, { update, group }: Pick<Shown, 'update' | 'group'>): string {
  const row = group.indexOf(edit.answer);
  const answer = row >= 0 ? `answer ${row + 1}` : `an answer to problem ${update.sample.problem_N[edit.answer]! + 1}`;
  switch (edit.kind) {
    case 'outcome': return `${answer} were ${edit.value > 0 ? 'right' : 'wrong'}`;
    case 'flag': return `critique ${edit.critique + 1} called step ${edit.step + 1} of ${answer} ${edit.isFlagged ? 'wrong' : 'fine'}`;
    case 'number': return `${edit.row} of token ${edit.token + 1} of ${answer} were ${formatShort(edit.value)}`;
    default: return edit satisfies never;
  }
}
