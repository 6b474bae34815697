// The first step of reading a file with packed numbers: JSON whose runs of equal values (packedNumbers.ts) claim memory in a few
// bytes, so the whole file's claim is bounded before anything is made of it.

import { FormatError } from './formatError';

const MOST_REPEATED = 2 ** 26;

/** How many values its runs stand for. */
export function claimedValues(json: string): number {
  return [...json.matchAll(/\*(\d+)/g)].reduce((sum, [, times]) => sum + Number(times), 0);
}

/** `where`: what the file holds, for the message. */
export function parsePacked(json: string, where: string): unknown {
  const claimed = claimedValues(json);
  if (claimed > MOST_REPEATED) throw new FormatError(where, `claims ${claimed} repeated values; at most ${MOST_REPEATED} are read`);
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new FormatError(where, `is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}
