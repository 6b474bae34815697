// The recorded run that stands on the page when it opens, and the recorded comparison behind it; without them the page still trains.

import { fetchRecordedComparison, fetchRecordedRun } from '../workers/recordedRun';
import { sentence } from '../workers/sentence';
import type { Session } from './session';

export async function showRecordedRun(session: Session, address: string): Promise<void> {
  try {
    session.showRecorded(await fetchRecordedRun(address));
  } catch (error) {
    session.run.setState({ recordedFailure: sentence(error) });
  }
}

/** Fetched when a person first looks at the comparison. */
export async function showRecordedComparison(session: Session, address: string): Promise<void> {
  try {
    session.compare.setState({ recorded: await fetchRecordedComparison(address) });
  } catch (error) {
    session.compare.setState({ recordedFailure: sentence(error) });
  }
}
