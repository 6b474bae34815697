// The reader's own bookmarks, apart for the recorded and for the live run, and over what surprises are looked for.
// Places are by number, not by index, so that a link or another page can name them.

import { createStore, type StoreApi } from 'zustand/vanilla';

export interface BookmarkPlace {
  /** as counted by the run, from 1 */
  readonly update: number;
  readonly problem: number;
  /** in the problem's group */
  readonly answer: number;
  readonly token: number;
}

export interface BookmarkState {
  readonly recorded: readonly BookmarkPlace[];
  readonly live: readonly BookmarkPlace[];
  readonly over: 'update' | 'run';
}

export type BookmarkStore = StoreApi<BookmarkState>;

export function createBookmarkStore(): BookmarkStore {
  return createStore<BookmarkState>(() => ({ recorded: [], live: [], over: 'update' }));
}

/** In the order of the run; a place is kept once. */
export function addBookmark(store: BookmarkStore, source: 'recorded' | 'live', place: BookmarkPlace): void {
  const others = store.getState()[source].filter((one) => !isSamePlace(one, place));
  store.setState({ [source]: [...others, place].sort((a, b) => a.update - b.update || a.problem - b.problem || a.answer - b.answer || a.token - b.token) });
}

export function removeBookmark(store: BookmarkStore, source: 'recorded' | 'live', place: BookmarkPlace): void {
  store.setState({ [source]: store.getState()[source].filter((one) => !isSamePlace(one, place)) });
}

export function isSamePlace(a: BookmarkPlace, b: BookmarkPlace): boolean {
  return a.update === b.update && a.problem === b.problem && a.answer === b.answer && a.token === b.token;
}
