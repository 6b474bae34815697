// Tokens at which the problem branches (task bifurcation): which they are, and what was at stake there in one sentence.

import type { BranchRecord } from '../lab/record';
import type { PartialUpdate } from './channel';
import type { Place } from './creditGeometry';
import { formatShort } from './format';

export function branchAt(update: PartialUpdate, { answer, token }: Place): BranchRecord | undefined {
  return update.sample.branches_NK?.[answer]?.find((branch) => branch.token === token);
}

/** `written`: the token's text. The values are exact, for an answer in which all that follows is done right. */
export function branchSentence({ right, valueRight, valueWrong }: BranchRecord, written: string): string {
  const begin = written === right ? `Branch: ‘${right}’ is right here, and it was written.` : `Branch: ‘${right}’ is right here, but ‘${written}’ was written.`;
  if (Math.abs(valueRight - valueWrong) < 1e-9) {
    return `${begin} If all that follows is done right, the answer ends right with probability ${formatShort(valueRight)} either way: ${valueRight > 1 - 1e-9 ? 'a repair can still undo a wrong token here' : 'it was lost before'}.`;
  }
  return `${begin} If all that follows is done right, the answer ends right with probability ${formatShort(valueRight)} after ‘${right}’ and ${formatShort(valueWrong)} after anything else.`;
}
