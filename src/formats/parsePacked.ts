// The first step of reading a file with packed numbers: JSON whose runs of equal values (packedNumbers.ts) claim memory in a few
// bytes, so the whole file's claim is bounded before anything is made of it.

import { FormatError } from './formatError';

const MOST_REPEATED = 2 ** 26;
/** No other characters stand in packed numbers. What somebody wrote may hold a run's sign too, among others. */
const PACKED = /^[-\dni,*]+$/;

/** `where`: what the file holds, for the message. */
export function parsePacked(text: string, where: string): unknown {
  return parseCounted(text, where).json;
}

/** `claimed`: how many values its runs stand for. */
export function parseCounted(text: string, where: string): { readonly json: unknown; readonly claimed: number } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new FormatError(where, `is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const claimed = claimedValues(json);
  if (claimed > MOST_REPEATED) throw new FormatError(where, `claims ${claimed} repeated values; at most ${MOST_REPEATED} are read`);
  return { json, claimed };
}

/** Without recursion: JSON from outside may be nested deeper than the stack. */
function claimedValues(json: unknown): number {
  const left = [json];
  let claimed = 0;
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === 'string' && PACKED.test(one)) for (const [, times] of one.matchAll(/\*(\d+)/g)) claimed += Number(times);
    else if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) left.push(inner);
  }
  return claimed;
}
