// Fetches what a lesson is played on: a lesson file, or the recorded comparison, whose answers then stand on the stage as an update that
// has got as far as its critiques.

import type { RecordedComparison } from '../formats/comparisonFile';
import type { RecordedLesson } from '../formats/lessonFile';
import type { RunHeader } from '../lab/record';
import { fetchRecordedComparison, fetchRecordedLesson, fetchRecordedRun } from '../workers/recordedRun';
import type { LessonMaterial } from './lessonScene';
import type { LiveRun } from './runStore';

/** The recording of that name is no lesson file. */
export const COMPARISON = 'comparison';
const FOLDER = './runs';
/** the comparison was made on the policy and with the recipe of that run */
const RUN_OF_COMPARISON = 'default';

export async function fetchMaterial(recordings: readonly string[]): Promise<LessonMaterial> {
  if (!recordings.includes(COMPARISON)) return materialOfFiles(await Promise.all(recordings.map((name) => fetchRecordedLesson(`${FOLDER}/${name}.json`))));
  const [comparison, { header }] = await Promise.all([fetchRecordedComparison(`${FOLDER}/${COMPARISON}.json`), fetchRecordedRun(`${FOLDER}/${RUN_OF_COMPARISON}.json`)]);
  return materialOfComparison(comparison, header);
}

function materialOfFiles(files: readonly RecordedLesson[]): LessonMaterial {
  const runs = files.flatMap((file) => file.runs);
  return { runs: new Map(runs.map(({ name, run }) => [name, run])), seeds: new Map(runs.map(({ name, seeds }) => [name, seeds])), comparison: null };
}

function materialOfComparison(comparison: RecordedComparison, header: RunHeader): LessonMaterial {
  const { names, update, comparison: { sample, score, critique } } = comparison;
  const compared: LiveRun = { header, names, updates: [], pending: { update, phase: 'critique', record: { sample, score, critique } } };
  return { runs: new Map([['compared', compared]]), seeds: new Map(), comparison };
}
