// Makes a token of the batch the selected one, which every view shows: its problem comes with it.

import type { Session } from '../../state/session';
import type { PartialUpdate } from '../../viz/channel';
import type { Place } from '../../viz/creditGeometry';
import { answersOf } from '../../viz/phaseSentence';

export function selectPlace(session: Session, update: PartialUpdate, { answer, token }: Place): void {
  const problem = update.sample.problem_N[answer];
  if (problem === undefined) return;
  session.run.setState({ problem, selection: { answer: answersOf(update, problem).indexOf(answer), token } });
}
