// The answers of the update on screen as a file of real answers. The writer comes when it is asked for.

import type { RunRecord, UpdateRecord } from '../lab/record';
import { shownRun, type RunState } from './runStore';
import type { Session } from './session';

/** The whole record, whatever phase of it is shown. */
export function recordOfShown(state: RunState): UpdateRecord | undefined {
  return shownRun(state)?.updates[state.position];
}

export async function answersFile({ header, names }: Pick<RunRecord, 'header' | 'names'>, record: UpdateRecord): Promise<Blob> {
  const { configurationAt, writeUpdateAnswers } = await import('../workers/writeAnswers');
  const { temperature } = configurationAt(header.configuration, header.interventions, record.line.update).sampling;
  return new Blob([writeUpdateAnswers(record, names.alphabet, temperature)], { type: 'application/jsonl' });
}

export async function saveAnswersOf(session: Session): Promise<Blob> {
  const state = session.run.getState();
  const record = recordOfShown(state);
  if (record === undefined) throw new Error('This update is not finished; its answers can be saved when it is.');
  return answersFile(shownRun(state)!, record);
}
