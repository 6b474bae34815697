// A time during which the tab was hidden while training ran in its worker: nothing was drawn, and the browser may have held the
// worker back. Which it was is told by the updates that were made, against the pace before with the tab in sight.

import { formatNumber } from './format';

export interface HiddenTime {
  /** ms since 1970 */
  readonly from: number;
  readonly to: number;
  /** the last update before it */
  readonly after: number;
  /** updates made meanwhile */
  readonly made: number;
  /** ms an update with the tab in sight, just before; undefined where that was too short to say */
  readonly msPerUpdate?: number;
}

/** Training at less than half of its pace was held back; with fewer than two updates to be expected nothing can be told. */
const HELD_BACK = 0.5;
const LEAST_EXPECTED = 2;

export function hiddenSentence(time: HiddenTime): string {
  const { from, to, after, made, msPerUpdate } = time;
  const tab = `The tab was hidden from ${clockText(from)} to ${clockText(to)}, and nothing was drawn.`;
  const expected = msPerUpdate === undefined ? Number.NaN : (to - from) / msPerUpdate;
  const usual = `about ${formatNumber(Math.round(expected))} are made in that time with the tab in sight`;
  const updates = made === 1 ? `update ${after + 1} was` : `updates ${after + 1} to ${after + made} were`;
  if (expected >= LEAST_EXPECTED && made < HELD_BACK * expected) return made === 0 ? `${tab} The browser paused training: no update was made, ${usual}.` : `${tab} The browser slowed training down: only ${updates} made, ${usual}.`;
  return made === 0 ? `${tab} No update was finished in that time.` : `${tab} Training went on: ${updates} made.`;
}

/** The first update after each time began, where its mark stands. */
export function hiddenMarks(times: readonly HiddenTime[]): ReadonlyMap<number, HiddenTime> {
  return new Map(times.map((time) => [time.after + 1, time]));
}

function clockText(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
