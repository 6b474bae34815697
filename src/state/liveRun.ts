// What the worker's events make of the live run on the page: its records, and the place in it where the page follows.

import type { UpdateRecord } from '../lab/record';
import type { TrainingEvent } from '../workers/protocol';
import { MOST_RECORD_BYTES, thinned } from './keptRecords';
import { linesOf, openingProblem, placeOfUpdate, type RunStore } from './runStore';

type Event<Kind extends TrainingEvent['kind']> = Extract<TrainingEvent, { kind: Kind }>;

/** `shown`: what the page already holds of a run that a new worker takes over, more than is kept or less by the latest. */
export function openLiveRun(run: RunStore, { header, names, past }: Event<'header'>, shown: readonly UpdateRecord[] | undefined): void {
  const held = shown?.filter(({ line }) => line.update <= (past?.lines.length ?? 0)) ?? [];
  const updates = [...held, ...(past?.updates ?? []).filter(({ line }) => line.update > (held.at(-1)?.line.update ?? 0))];
  run.setState({
    live: { header, names, updates, ...(past !== undefined && { past: past.lines }) }, source: 'live', isFollowing: true, locked: null,
    position: Math.max(0, updates.length - 1), phase: updates.length > 0 ? 'update' : 'sample', ...(updates.length > 0 && { problem: openingProblem(updates.at(-1)) }),
  });
}

export function addPhase(run: RunStore, event: Event<'phase'>): void {
  const { live, isFollowing, position } = run.getState();
  if (live === null || event.record === undefined) return;
  run.setState({
    live: { ...live, pending: { update: event.update, phase: event.phase, record: event.record } },
    ...(isFollowing ? { position: live.updates.length, phase: event.phase, isByPhase: true } : { position }),
  });
}

/** `most`: bytes of records to keep. */
export function addUpdates(run: RunStore, records: readonly UpdateRecord[], most = MOST_RECORD_BYTES): void {
  const { live, isFollowing, problem, position, source } = run.getState();
  if (live === null) return;
  const { pending, ...rest } = live;
  const all = { ...rest, updates: [...live.updates, ...records] };
  const updates = thinned(all.updates, most);
  const hasLost = updates.length < all.updates.length;
  const last = updates.at(-1)!;
  run.setState({
    live: { ...all, updates, ...(hasLost && { past: linesOf(all) }) },
    ...(hasLost && source === 'live' && { position: placeOfUpdate({ ...all, updates }, all.updates[position]?.line.update ?? last.line.update) }),
    ...(isFollowing ? { position: updates.length - 1, phase: 'update' as const, isByPhase: pending !== undefined } : {}),
    ...(live.updates.length === 0 ? { problem: openingProblem(last) } : { problem: Math.min(problem, last.sample.problems_P.length - 1) }),
  });
}

/** To a committed update: what came after it is gone. */
export function rollBack(run: RunStore, { update, header }: Event<'rolledBack'>): void {
  const { live, position, phase } = run.getState();
  if (live === null) return;
  const { pending: _pending, ...rest } = live;
  const updates = live.updates.filter(({ line }) => line.update <= update);
  const past = live.past?.filter((line) => line.update <= update);
  const hidden = live.hidden?.filter(({ after }) => after < update);
  const isGone = position >= updates.length;
  run.setState({ live: { ...rest, updates, ...(hidden !== undefined && { hidden }), ...(past !== undefined && { past }), ...(header !== undefined && { header }) }, ...(isGone ? { position: Math.max(0, updates.length - 1), phase: 'update' as const } : { position, phase }) });
}
