// Where the live run went wrong: one press goes back to where it was well and halves the learning rate.

import { goBackOffer, offerWords } from '../../state/goBack';
import { Control } from '../app/Control';
import { findCommand } from '../app/commands';
import { useRun, useSession, useTraining } from '../app/SessionContext';
import { useKeyWords } from '../app/useKeyWords';
import type { Finding } from '../../viz/diagnosis';

/** `findings`: of the live run. */
export function GoBackButton({ findings }: { readonly findings: readonly Finding[] }) {
  const session = useSession();
  const { hintOf } = useKeyWords();
  const live = useRun((state) => state.live);
  const status = useTraining((state) => state.status);
  const canGoBackTo = useTraining((state) => state.canGoBackTo);
  const offer = live === null ? undefined : goBackOffer(live, { status, canGoBackTo }, findings);
  if (offer === undefined) return null;
  return <Control id="reset"><button type="button" title={hintOf('goBack')} onClick={() => findCommand('goBack').perform(session)}>{offerWords(offer)}</button></Control>;
}
