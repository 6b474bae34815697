// Fetches what was recorded and reads it with its format's one reader. Every failure is an Error with a sentence for a person.

import { readComparison, type RecordedComparison } from '../formats/comparisonFile';
import { readLessonFile, type RecordedLesson } from '../formats/lessonFile';
import { readRunFile } from '../formats/runFile';
import type { RunRecord } from '../lab/record';
import { sentence } from './sentence';

export function fetchRecordedRun(address: string): Promise<RunRecord> {
  return fetchRecorded(address, readRunFile, 'The recorded run', 'Training here still works.');
}

export function fetchRecordedComparison(address: string): Promise<RecordedComparison> {
  return fetchRecorded(address, readComparison, 'The recorded comparison', 'Comparing here still works.');
}

export function fetchRecordedLesson(address: string): Promise<RecordedLesson> {
  return fetchRecorded(address, readLessonFile, 'The lesson’s recording', 'The other lessons may still work.');
}

async function fetchRecorded<T>(address: string, read: (text: string) => T, what: string, comfort: string): Promise<T> {
  let text: string;
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    text = await response.text();
  } catch (error) {
    throw new Error(`${what} could not be loaded (${sentence(error)}). ${comfort}`, { cause: error });
  }
  try {
    return read(text);
  } catch (error) {
    throw new Error(`${what} can't be read (${sentence(error)}). ${comfort}`, { cause: error });
  }
}
