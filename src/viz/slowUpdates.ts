// How long an update takes on this machine, where that is too long to watch: the median of the last updates, of what the machine itself
// computes. The judge's time and the test's are left out: a judge may sit elsewhere, and tests come rarely.

import type { UpdateLine } from '../lab/record';

const SLOW_SECONDS = 2;
/** the first updates of a run hold what is done once */
const LAST = 3;

/** Undefined where it is quick enough, or too early to say. */
export function slowUpdate(lines: readonly Pick<UpdateLine, 'seconds'>[]): number | undefined {
  if (lines.length <= LAST) return undefined;
  const lengths = lines.slice(-LAST).map(({ seconds: { critique: _judge, test: _test, ...own } }) => Object.values(own).reduce((sum, one) => sum + one, 0));
  const median = lengths.toSorted((a, b) => a - b)[Math.floor(LAST / 2)]!;
  return median > SLOW_SECONDS ? median : undefined;
}
