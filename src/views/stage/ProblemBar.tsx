// The problem of the update that is on screen.

import { useSession } from '../app/SessionContext';
import { usePanel } from '../app/usePanel';
import type { Shown } from '../app/useShown';
import { ProblemPicker } from './ProblemPicker';

export function ProblemBar({ shown: { problem, update } }: { readonly shown: Shown }) {
  const session = useSession();
  const panel = usePanel('problem', 'problemBar');
  return (
    <div {...panel}>
      <ProblemPicker id="problem" problems={update.sample.problems_P} problem={problem} onPick={(next) => session.run.setState({ problem: next })} />
    </div>
  );
}
