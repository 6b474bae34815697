// What a lesson borrows of the page and gives back: the place, the view and the comparison, exactly as they were. What training did in
// the meantime stays, and a run that the reader started or went to stays on screen.

import type { BookmarkStore } from './bookmarkStore';
import type { CompareStore } from './compareStore';
import { openingProblem, updateCount, type RunState, type RunStore } from './runStore';
import type { StageStore } from './stageStore';
import type { WhatIfStore } from './whatIf';

export interface BorrowedStores {
  readonly run: RunStore;
  readonly stage: StageStore;
  readonly compare: CompareStore;
  readonly bookmarks: BookmarkStore;
  readonly whatIf: WhatIfStore;
}

export type Snapshot = { readonly [Name in keyof BorrowedStores]: ReturnType<BorrowedStores[Name]['getState']> };

export function takeSnapshot({ run, stage, compare, bookmarks, whatIf }: BorrowedStores): Snapshot {
  return { run: run.getState(), stage: stage.getState(), compare: compare.getState(), bookmarks: bookmarks.getState(), whatIf: whatIf.getState() };
}

export function restore({ run, stage, compare, bookmarks, whatIf }: BorrowedStores, snapshot: Snapshot): void {
  run.setState(restoredRun(run.getState(), snapshot.run));
  stage.setState(snapshot.stage);
  const { shown, progress, message } = compare.getState();
  compare.setState({ ...snapshot.compare, shown: shown ?? snapshot.compare.shown, progress, message });
  whatIf.setState(snapshot.whatIf);
  bookmarks.setState({ ...snapshot.bookmarks, live: bookmarks.getState().live });
}

function restoredRun(now: RunState, before: RunState): RunState {
  const { live, recordedFailure } = now;
  const kept = { ...before, live, recordedFailure };
  if (before.source === 'recorded') {
    if (now.source === 'recorded') return kept;
    const { source, position, phase, isByPhase, isFollowing, problem, selection } = now;
    return { ...kept, source, position, phase, isByPhase, isFollowing, problem, selection };
  }
  if (live === before.live) return kept;
  if (live === null) return { ...kept, source: 'recorded', position: 0, phase: 'update', isByPhase: false, isFollowing: false, problem: openingProblem(before.recorded?.updates[0]) };
  const last = Math.max(0, updateCount(kept) - 1);
  if (!before.isFollowing) return { ...kept, position: Math.min(before.position, last) };
  return { ...kept, position: last, phase: live.pending?.phase ?? 'update', isByPhase: live.pending !== undefined };
}
