// Going from one bookmark to the next: the surprises of the update or of the whole run (src/viz/bookmarks.ts), one success and
// one failure in turn, and then the reader's own.

import { answersOf } from '../viz/phaseSentence';
import { surprisesOf, surprisesOfRun, type Surprise, type SurpriseKind } from '../viz/bookmarks';
import { addBookmark, createBookmarkStore, isSamePlace, removeBookmark, type BookmarkPlace } from './bookmarkStore';
import type { Place } from './place';
import { shownRun, shownUpdate, type RunState, type RunStore } from './runStore';

/** of each kind */
const SURPRISES = { update: 3, run: 5 };

/** `surprise`: what the page found there; absent for a bookmark of the reader's. */
export interface Stop extends BookmarkPlace { readonly surprise?: Pick<Surprise, 'kind' | 'advantage'> }

export type Bookmarks = ReturnType<typeof createBookmarks>;

export function createBookmarks(run: RunStore, place: Place) {
  const store = createBookmarkStore();
  // bookmarks are of one run: another that takes its place has none yet
  const unsubscribe = run.subscribe((now, before) => {
    if (now.recorded !== before.recorded) store.setState({ recorded: [] });
    if (now.live === null && before.live !== null) store.setState({ live: [] });
  });

  function stops(): readonly Stop[] {
    const state = run.getState();
    const { over, [state.source]: own } = store.getState();
    return [...surpriseStops(state, over), ...own];
  }

  /** The stop after the present place, or before it; from elsewhere the first, or the last. */
  function go(by: 1 | -1): void {
    const all = stops();
    if (all.length === 0) return;
    const here = placeHere(run.getState());
    const index = here === undefined ? -1 : all.findIndex((one) => isSamePlace(one, here));
    const next = index < 0 ? (by > 0 ? 0 : all.length - 1) : (index + by + all.length) % all.length;
    place.showPlace(all[next]!);
  }

  /** Keeps the selected token, or drops it where it is kept. */
  function toggle(): void {
    const state = run.getState();
    const here = placeHere(state);
    if (here === undefined) return;
    if (store.getState()[state.source].some((one) => isSamePlace(one, here))) removeBookmark(store, state.source, here);
    else addBookmark(store, state.source, here);
  }

  function remove(one: BookmarkPlace): void {
    removeBookmark(store, run.getState().source, one);
  }

  return { store, stops, go, toggle, remove, dispose: unsubscribe };
}

/** Of the selected token; undefined without one, or while its update is not finished. */
export function placeHere(state: RunState): BookmarkPlace | undefined {
  const line = shownRun(state)?.updates[state.position]?.line;
  return line === undefined || state.selection === null ? undefined : { update: line.update, problem: state.problem, answer: state.selection.answer, token: state.selection.token };
}

function surpriseStops(state: RunState, over: 'update' | 'run'): readonly Stop[] {
  const updates = shownRun(state)?.updates ?? [];
  const shown = updates[state.position];
  // a phase before credit has none, and neither has an update that is not finished
  if (over === 'update' && (shown === undefined || shownUpdate(state)?.credit === undefined)) return [];
  const ofKind = (kind: SurpriseKind): readonly Stop[] => {
    if (over === 'run') return surprisesOfRun(updates, kind, SURPRISES.run).map((one) => stopOf(updates[one.position]!, one));
    return surprisesOf(shown!, kind).slice(0, SURPRISES.update).map((one) => stopOf(shown!, one));
  };
  const [successes, failures] = [ofKind('success'), ofKind('failure')];
  return Array.from({ length: Math.max(successes.length, failures.length) }, (_, i) => [successes[i], failures[i]]).flat().filter((one) => one !== undefined);
}

function stopOf(update: NonNullable<ReturnType<typeof shownRun>>['updates'][number], { kind, advantage, answer, token }: Surprise): Stop {
  const problem = update.sample.problem_N[answer]!;
  return { update: update.line.update, problem, answer: answersOf(update, problem).indexOf(answer), token, surprise: { kind, advantage } };
}
