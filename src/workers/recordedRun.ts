// Fetches a recorded run and reads it with the format's one reader. Every failure is an Error with a sentence for a person.

import { readRunFile } from '../formats/runFile';
import type { RunRecord } from '../lab/record';

export async function fetchRecordedRun(address: string): Promise<RunRecord> {
  let text: string;
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    text = await response.text();
  } catch (error) {
    throw new Error(`The recorded run could not be loaded (${reasonOf(error)}). Training here still works.`, { cause: error });
  }
  try {
    return readRunFile(text);
  } catch (error) {
    throw new Error(`The recorded run can't be read (${reasonOf(error)}). Training here still works.`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
