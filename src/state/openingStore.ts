// Whether the page's first question stands above the answers. Whoever hid it, or came by a link to some place, does not get it again
// unasked. The page itself writes its place into the address: a reload with that address is no link, and shows the question as it stood
// before, with the place below it. What tells the two apart is the state that the browser keeps with a tab's entry in its history; a
// link that is copied does not carry it. The first paint decides by the same rules (src/cli/firstPaintPlugin.mjs).

import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepText, readText, type TextStorage } from './keptText';

export interface OpeningState { readonly isOpen: boolean }
export type OpeningStore = StoreApi<OpeningState>;

/** Of the browser's storage and of the state of its history. */
export const OPENING_KEY = 'creditscope.opening';
export const HIDDEN = 'hidden';
export const OPEN = 'open';

/** What of the window is needed; a test has its own. */
export interface Visit {
  readonly storage: TextStorage;
  readonly history: Pick<History, 'state' | 'replaceState'>;
  readonly hash: string;
}

export function createOpeningStore(): OpeningStore {
  return createStore<OpeningState>(() => ({ isOpen: false }));
}

/** Opens it for a newcomer, and keeps it hidden from then on once it was. */
export function welcome(opening: OpeningStore, { storage, history, hash }: Visit): void {
  const isLink = hash.length > 1 && ownState(history)[OPENING_KEY] !== OPEN;
  if (!isLink && readText(storage, OPENING_KEY) !== HIDDEN) opening.setState({ isOpen: true });
  remember(opening.getState());
  opening.subscribe((now, before) => {
    if (before.isOpen && !now.isOpen) keepText(storage, OPENING_KEY, HIDDEN);
    remember(now);
  });

  function remember({ isOpen }: OpeningState): void {
    history.replaceState({ ...ownState(history), [OPENING_KEY]: isOpen ? OPEN : HIDDEN }, '');
  }
}

function ownState({ state }: Visit['history']): Readonly<Record<string, unknown>> {
  return typeof state === 'object' && state !== null ? state as Record<string, unknown> : {};
}
