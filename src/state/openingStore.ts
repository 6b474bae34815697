// Whether the page's first question stands above the answers. Whoever hid it, or came by a link to some place, does not get it again
// unasked.

import { createStore, type StoreApi } from 'zustand/vanilla';

export interface OpeningState { readonly isOpen: boolean }
export type OpeningStore = StoreApi<OpeningState>;

const KEY = 'creditscope.opening';
const HIDDEN = 'hidden';

export function createOpeningStore(): OpeningStore {
  return createStore<OpeningState>(() => ({ isOpen: false }));
}

/** Opens it for a newcomer, and keeps it hidden from then on once it was. `storage`: null where the browser refuses it. */
export function welcome(opening: OpeningStore, storage: Pick<Storage, 'getItem' | 'setItem'> | null, hash: string): void {
  if (hash.length <= 1 && read(storage) !== HIDDEN) opening.setState({ isOpen: true });
  opening.subscribe(({ isOpen }, before) => {
    if (before.isOpen && !isOpen) write(storage);
  });
}

function read(storage: Pick<Storage, 'getItem'> | null): string | null {
  try {
    return storage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}

function write(storage: Pick<Storage, 'setItem'> | null): void {
  try {
    storage?.setItem(KEY, HIDDEN);
  } catch {
    // then it comes again with the next visit
  }
}
