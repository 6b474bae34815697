// When each phase of an update ran and in whose worker. Phases follow one another; the critique belongs to the critics' worker, and the
// policy's waits for it. Where a value model learns too, the critics work alongside the phases score and update; how long is not
// recorded, only that the phase ended when both had finished, so such a span is the longest it can have been. Time between phases
// (messages, saving) is not in it.

import type { Phase, UpdateLine } from '../lab/record';
import { formatNumber, formatShare } from './format';
import { PHASES, PHASE_TITLES } from './phases';

export type TimedPhase = Phase | 'test';
export type Lane = 'policy' | 'critics';

export const TIMED_PHASES: readonly TimedPhase[] = [...PHASES, 'test'];
export const LANES: Readonly<Record<Lane, string>> = { policy: 'Policy', critics: 'Critics' };
export const TIMED_TITLES: Readonly<Record<TimedPhase, string>> = { ...PHASE_TITLES, test: 'Test' };
const ALONGSIDE: readonly TimedPhase[] = ['score', 'update'];

export interface TimeSpan {
  readonly phase: TimedPhase;
  readonly lane: Lane;
  /** seconds from the update's start */
  readonly start: number;
  readonly seconds: number;
  /** beside the policy's own work: at most so long */
  readonly isAlongside: boolean;
}

export function secondsOf({ seconds }: Pick<UpdateLine, 'seconds'>): number {
  return TIMED_PHASES.reduce((sum, phase) => sum + seconds[phase], 0);
}

export function timeSpans({ seconds, explainedVariance }: Pick<UpdateLine, 'seconds' | 'explainedVariance'>): readonly TimeSpan[] {
  const spans: TimeSpan[] = [];
  let start = 0;
  for (const phase of TIMED_PHASES) {
    spans.push({ phase, lane: phase === 'critique' ? 'critics' : 'policy', start, seconds: seconds[phase], isAlongside: false });
    if (explainedVariance !== null && ALONGSIDE.includes(phase)) spans.push({ phase, lane: 'critics', start, seconds: seconds[phase], isAlongside: true });
    start += seconds[phase];
  }
  return spans;
}

/** One sentence on all these updates, with the real numbers; they must not be none. */
export function timelineSentence(lines: readonly Pick<UpdateLine, 'update' | 'seconds'>[]): string {
  const total = lines.reduce((sum, line) => sum + secondsOf(line), 0);
  const byPhase = TIMED_PHASES.map((phase) => ({ phase, seconds: lines.reduce((sum, line) => sum + line.seconds[phase], 0) })).sort((a, b) => b.seconds - a.seconds);
  const [first, second] = byPhase;
  const waited = lines.reduce((sum, line) => sum + line.seconds.critique, 0);
  const who = lines.length === 1 ? `Update ${lines[0]!.update} took ${formatNumber(total)} s` : `These ${lines.length} updates took ${formatNumber(total)} s, ${formatNumber(total / lines.length)} s each on average`;
  if (total === 0) return `${who}: nothing was timed.`;
  return `${who}. ${TIMED_TITLES[first!.phase]} takes the most, ${formatNumber(first!.seconds)} s (${formatShare(first!.seconds / total)}), then ${TIMED_TITLES[second!.phase].toLowerCase()}, ${formatNumber(second!.seconds)} s. For critiques the policy waited ${formatNumber(waited)} s.`;
}

export type TimelineZoom = 'one' | 'ten' | 'all';

/** The lines in sight: the shown one, ten around it, or all. */
export function zoomedLines<L extends Pick<UpdateLine, 'update'>>(lines: readonly L[], shown: number | undefined, zoom: TimelineZoom): readonly L[] {
  if (zoom === 'all') return lines;
  const index = Math.max(0, shown === undefined ? lines.length - 1 : lines.findLastIndex(({ update }) => update <= shown));
  if (zoom === 'one') return lines.slice(index, index + 1);
  const first = Math.max(0, Math.min(lines.length - 10, index - 5));
  return lines.slice(first, first + 10);
}
