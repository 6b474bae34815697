// The recorded run that stands on the page when it opens; without it the page still trains.

import { fetchRecordedRun } from '../workers/recordedRun';
import type { Session } from './session';

export async function showRecordedRun(session: Session, address: string): Promise<void> {
  try {
    session.showRecorded(await fetchRecordedRun(address));
  } catch (error) {
    session.run.setState({ recordedFailure: error instanceof Error ? error.message : String(error) });
  }
}
