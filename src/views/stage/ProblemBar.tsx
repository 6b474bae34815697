// The problem of the update that is on screen.

import { useSession } from '../app/SessionContext';
import type { Shown } from '../app/useShown';
import { ProblemPicker } from './ProblemPicker';

export function ProblemBar({ shown: { problem, update } }: { readonly shown: Shown }) {
  const session = useSession();
  return (
    <div className="problemBar">
      <ProblemPicker id="problem" problems={update.sample.problems_P} problem={problem} onPick={(next) => session.run.setState({ problem: next })} />
    </div>
  );
}
