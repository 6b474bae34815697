// How smoothly a page draws: the intervals between its animation frames. Chromium's long-task observer sees nothing of
// GPU work that holds up the compositor, these intervals do.

import type { Page } from 'playwright';

export interface Frames {
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly longestMs: number;
}

/** Watches the page for `durationMs` and resolves with the intervals' statistics. */
export async function measureFrames(page: Page, durationMs: number): Promise<Frames> {
  const intervals_ms = await page.evaluate((duration) => new Promise<number[]>((resolve) => {
    const intervals: number[] = [];
    let first: number | undefined;
    let last = 0;
    const onFrame = (now: number): void => {
      if (first === undefined) first = now;
      else intervals.push(now - last);
      last = now;
      if (now - first < duration) requestAnimationFrame(onFrame);
      else resolve(intervals);
    };
    requestAnimationFrame(onFrame);
  }), durationMs);
  return frameStatistics(intervals_ms);
}

export function frameStatistics(intervals_ms: readonly number[]): Frames {
  if (intervals_ms.length === 0) throw new Error('the page drew no two frames');
  const sorted = intervals_ms.toSorted((a, b) => a - b);
  // nearest rank: the smallest interval that at least this share does not exceed
  const atShare = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { count: sorted.length, medianMs: atShare(0.5), p95Ms: atShare(0.95), longestMs: sorted.at(-1)! };
}
