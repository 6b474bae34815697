// Says, wherever the reader's changes show, that these numbers are not the run's: which changes, each to take back, and all to discard.

import type { Edit } from '../../lab/whatIf/edits';
import { canApply } from '../../state/interventions';
import { isOf } from '../../state/whatIf';
import { formatShort } from '../../viz/format';
import { editDone } from '../../viz/interventionWords';
import { useRun, useSession, useTraining, useWhatIf } from '../app/SessionContext';
import type { Shown } from '../app/useShown';

export function WhatIfNotice({ shown }: { readonly shown: Shown }) {
  const session = useSession();
  const state = useWhatIf((one) => one);
  const run = useRun((one) => one);
  const status = useTraining((one) => one.status);
  const isLive = run.source === 'live' && run.live?.pending !== undefined && run.position >= run.live.updates.length;
  const { edited } = shown.update;
  if (!isOf(state, run) || state.edits.length === 0) return edited === undefined ? null : <Edited edits={edited} shown={shown} />;
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
      <span>{state.failure ?? (state.isWorking && state.result === null ? 'Working it out.' : 'Credit and the gradient’s push (at ratio 1) follow; tokens with another number are marked. The run is as it was.')}</span>
      <span className="whatIfButtons">
        {isLive ? <button type="button" disabled={!canApply(state, run, status)} title="Between the credit and the gradient phase: training goes on with these numbers, and the run’s record says so" onClick={() => session.interventions.applyWhatIf()}>Apply to this update</button> : null}
        <button type="button" onClick={() => session.whatIf.discard()}>Discard</button>
      </span>
    </div>
  );
}

/** Of an update that was trained on changed numbers. */
function Edited({ edits, shown }: { readonly edits: readonly Edit[]; readonly shown: Shown }) {
  return (
    <div className="whatIfNotice">
      <b className="whatIfTag">Changed by hand</b>
      <ul aria-label="Changes">{edits.map((edit) => <li key={JSON.stringify(edit)}>{editDone(edit, answerName(edit, shown))}</li>)}</ul>
      <span>The policy was trained on the credit that follows. Verifier and judges said what stands under Reward and Critique.</span>
    </div>
  );
}

/** By its place in the group where it is on screen, with the problem where it is not. */
function answerName({ answer }: Edit, { update, group }: Pick<Shown, 'update' | 'group'>): string {
  const row = group.indexOf(answer);
  return row >= 0 ? `answer ${row + 1}` : `an answer to problem ${update.sample.problem_N[answer]! + 1}`;
}

function editWords(edit: Edit, shown: Pick<Shown, 'update' | 'group'>): string {
  const answer = answerName(edit, shown);
  switch (edit.kind) {
    case 'outcome': return `${answer} were ${edit.value > 0 ? 'right' : 'wrong'}`;
    case 'flag': return `critique ${edit.critique + 1} called step ${edit.step + 1} of ${answer} ${edit.isFlagged ? 'wrong' : 'fine'}`;
    case 'number': return `${edit.row} of token ${edit.token + 1} of ${answer} were ${formatShort(edit.value)}`;
    default: return edit satisfies never;
  }
}
