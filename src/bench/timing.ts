// Wall-clock time of asynchronous work, in milliseconds.

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('the median of nothing');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs `work` until it was timed `times` times or for `limitMs`, at least once; the median. */
export async function medianTime(work: () => Promise<unknown>, times: number, limitMs: number): Promise<number> {
  const all: number[] = [];
  for (let spent = 0; all.length < times && (all.length === 0 || spent < limitMs);) {
    const ms = await timed(work);
    all.push(ms);
    spent += ms;
  }
  return median(all);
}
