// The run on screen and the place in it: which run (recorded or live), update, phase, problem, token and channel.
// Nothing derived is stored; the functions below derive it. Records are never changed, only replaced.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Phase, RunRecord, UpdateLine, UpdateRecord } from '../lab/record';
import type { HiddenTime } from '../viz/hiddenTime';
import type { PartialUpdateRecord } from '../workers/protocol';

export interface PendingUpdate { readonly update: number; readonly phase: Phase; readonly record: PartialUpdateRecord }

/** A run that goes on after a reload, or for long, has lines of all its updates, and records of some of them. */
export interface LiveRun extends RunRecord {
  /** of the first updates, with or without a record */
  readonly past?: readonly UpdateLine[];
  /** the update that is being stepped through, not finished yet */
  readonly pending?: PendingUpdate;
  /** times at which the tab was hidden while it trained, oldest first */
  readonly hidden?: readonly HiddenTime[];
}

/** What a scale is taken over; `rollout`: the selected answer, and without one its group. */
export const SCOPES = ['rollout', 'group', 'update', 'run'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Selection {
  /** place in the group, not in the batch: so that it survives a change of problem or update */
  readonly answer: number;
  readonly token: number;
  /** the other end of a span in the same answer, before or after */
  readonly until?: number;
}

/** A name in a line of the credit program whose tokens are marked. */
export interface Term { readonly line: string; readonly name: string }

export interface LockedScale { readonly channel: string; readonly center: number; readonly limit: number }

export interface RunState {
  readonly recorded: RunRecord | null;
  /** why there is no recorded run to show */
  readonly recordedFailure: string | null;
  readonly live: LiveRun | null;
  readonly source: 'recorded' | 'live';
  /** index into the updates; one past the last means the pending one */
  readonly position: number;
  /** how much of that update is shown: everything up to and including this phase */
  readonly phase: Phase;
  /** true while the reader goes phase by phase: then the page lights what the phase did, and says it aloud */
  readonly isByPhase: boolean;
  /** true while the newest update is shown as it arrives */
  readonly isFollowing: boolean;
  readonly problem: number;
  readonly selection: Selection | null;
  /** kept beside the selection for comparison, by place as it is */
  readonly pins: readonly Selection[];
  readonly term: Term | null;
  readonly channel: string;
  readonly scope: Scope;
  /** colours and bars by the signed square root */
  readonly isRoot: boolean;
  readonly locked: LockedScale | null;
}

export type RunStore = StoreApi<RunState>;

export function createRunStore(): RunStore {
  return createStore<RunState>(() => ({
    recorded: null, recordedFailure: null, live: null, source: 'recorded', position: 0, phase: 'update', isByPhase: false, isFollowing: false,
    problem: 0, selection: null, pins: [], term: null, channel: 'advantage', scope: 'group', isRoot: false, locked: null,
  }));
}

export function shownRun(state: RunState): LiveRun | RunRecord | null {
  return state.source === 'live' ? state.live : state.recorded;
}

/** Of all updates done, also of those without a record. */
export function linesOf(run: LiveRun | RunRecord): readonly UpdateLine[] {
  const past = 'past' in run && run.past !== undefined ? run.past : [];
  return [...past, ...run.updates.map(({ line }) => line).filter(({ update }) => past.length === 0 || update > past.length)];
}

/** The place of an update's record, or of the latest one before it that has one. */
export function placeOfUpdate(run: LiveRun | RunRecord, update: number): number {
  return Math.max(0, run.updates.findLastIndex(({ line }) => line.update <= update));
}

/** Updates that can be shown, the pending one included. */
export function updateCount(state: RunState): number {
  const run = shownRun(state);
  return run === null ? 0 : run.updates.length + ('pending' in run && run.pending !== undefined ? 1 : 0);
}

/** The record shown, cut off after the phase shown. The same object as long as neither changes. */
export function shownUpdate(state: RunState): PartialUpdateRecord | undefined {
  const run = shownRun(state);
  if (run === null) return undefined;
  const complete = run.updates[state.position];
  if (complete !== undefined) return upToPhase(complete, state.phase);
  return 'pending' in run && run.pending !== undefined ? upToPhase(run.pending.record, state.phase) : undefined;
}

/** The furthest phase that the shown update has reached. */
export function reachedPhase(state: RunState): Phase {
  const run = shownRun(state);
  if (run !== null && state.position >= run.updates.length && 'pending' in run && run.pending !== undefined) return run.pending.phase;
  return 'update';
}

/** The first update's place with a good story: a problem whose answers are half right and watched after the update. */
export function openingProblem(update: UpdateRecord | undefined): number {
  if (update === undefined) return 0;
  const { sample, score, after } = update;
  const scores = sample.problems_P.map((_, problem) => {
    const answers = [...sample.problem_N.keys()].filter((answer) => sample.problem_N[answer] === problem);
    const share = answers.reduce((sum, answer) => sum + score.outcome_N[answer]!, 0) / Math.max(1, answers.length);
    const isWatched = answers.every((answer) => answer < (after?.watchedAnswers ?? 0));
    return 1 - Math.abs(share - 0.5) + (isWatched ? 1 : 0);
  });
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

const cuts = new WeakMap<PartialUpdateRecord, Map<Phase, PartialUpdateRecord>>();

function upToPhase(record: PartialUpdateRecord, phase: Phase): PartialUpdateRecord {
  if (phase === 'update') return record;
  const known = cuts.get(record) ?? new Map<Phase, PartialUpdateRecord>();
  cuts.set(record, known);
  let cut = known.get(phase);
  if (cut === undefined) known.set(phase, (cut = cutRecord(record, phase)));
  return cut;
}

function cutRecord({ sample, score, critique, credit, gradient, edited }: PartialUpdateRecord, phase: Exclude<Phase, 'update'>): PartialUpdateRecord {
  switch (phase) {
    case 'sample': return { sample };
    case 'score': return { sample, score };
    case 'critique': return { sample, score, critique };
    case 'credit': return { sample, score, critique, credit, ...(edited !== undefined && { edited }) };
    case 'gradient': return { sample, score, critique, credit, gradient, ...(edited !== undefined && { edited }) };
    default: return phase satisfies never;
  }
}
