// Moving through what is recorded: updates and, inside one, phases. Never un-trains anything, never asks the worker.

import type { Phase } from '../lab/record';
import { PHASES } from '../viz/phases';
import type { BookmarkPlace } from './bookmarkStore';
import { placeOfUpdate, reachedPhase, shownRun, shownUpdate, updateCount, type RunStore, type Selection } from './runStore';

/** a comparison of more would not fit beside the answers */
export const MOST_PINS = 4;

export type Place = ReturnType<typeof createPlace>;

export function createPlace(run: RunStore) {
  /** `isByPhase`: the reader goes phase by phase, so the page says and lights what the phase did */
  function show(position: number, phase: Phase, isByPhase = phase !== 'update'): void {
    const state = run.getState();
    const count = updateCount(state);
    if (count === 0) return;
    const next = Math.max(0, Math.min(count - 1, Math.trunc(position)));
    const isNewest = state.source === 'live' && next === count - 1;
    run.setState({ position: next, phase, isByPhase, isFollowing: isNewest });
    const limit = reachedPhase(run.getState());
    if (PHASES.indexOf(phase) > PHASES.indexOf(limit)) run.setState({ phase: limit });
  }

  /** By its number; where its record was not kept, the one before it. */
  function showUpdate(update: number): void {
    const shown = shownRun(run.getState());
    if (shown !== null) show(placeOfUpdate(shown, update), 'update');
  }

  /** A token by its numbers; what the run does not have is the nearest that it has. */
  function showPlace({ update, problem, answer, token }: BookmarkPlace): void {
    showUpdate(update);
    const shown = shownUpdate(run.getState());
    if (shown !== undefined) run.setState({ problem: Math.max(0, Math.min(problem, shown.sample.problems_P.length - 1)), selection: { answer, token } });
  }

  /** Keeps a token for comparison, or lets it go. */
  function togglePin({ answer, token }: Selection): void {
    const { pins } = run.getState();
    const others = pins.filter((one) => one.answer !== answer || one.token !== token);
    run.setState({ pins: others.length < pins.length ? others : [...pins, { answer, token }].slice(-MOST_PINS) });
  }

  /** Nothing selected, marked or pinned. */
  function clear(): void {
    run.setState({ selection: null, term: null, pins: [] });
  }

  function followLive(): void {
    const { live } = run.getState();
    if (live === null) return;
    const last = live.pending === undefined ? Math.max(0, live.updates.length - 1) : live.updates.length;
    run.setState({ source: 'live', isFollowing: true, position: last, phase: live.pending?.phase ?? 'update', isByPhase: live.pending !== undefined });
  }

  /** To the next recorded phase; false where there is none. */
  function stepPhase(): boolean {
    const state = run.getState();
    const following = PHASES[PHASES.indexOf(state.phase) + 1];
    if (following !== undefined && PHASES.indexOf(following) <= PHASES.indexOf(reachedPhase(state)) && state.position < updateCount(state)) show(state.position, following, true);
    else if (state.position + 1 < updateCount(state)) show(state.position + 1, 'sample');
    else return false;
    return true;
  }

  /** To the end of the next recorded update; false where there is none. */
  function stepUpdate(): boolean {
    const state = run.getState();
    const complete = shownRun(state)?.updates.length ?? 0;
    if (state.position < complete && state.phase !== 'update') show(state.position, 'update');
    else if (state.position + 1 < complete) show(state.position + 1, 'update');
    else return false;
    return true;
  }

  /** From a complete update to the one before it; while stepping by phase, to the phase before. */
  function back(): void {
    const { position, phase, isByPhase } = run.getState();
    const index = PHASES.indexOf(phase);
    if ((phase !== 'update' || isByPhase) && index > 0) show(position, PHASES[index - 1]!, true);
    else if (position > 0) show(position - 1, 'update');
  }

  return { show, showUpdate, showPlace, togglePin, clear, followLive, stepPhase, stepUpdate, back };
}
