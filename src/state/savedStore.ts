// What the browser keeps: runs to go on with, and how far the live one is saved.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Kept, SavedRunEntry } from '../workers/protocol';

export interface SavedState {
  /** all but the live run, as of the last time that there was none */
  readonly runs: readonly SavedRunEntry[];
  /** of the live run; null before its first save */
  readonly kept: Kept | null;
}

export type SavedStore = StoreApi<SavedState>;

export function createSavedStore(): SavedStore {
  return createStore<SavedState>(() => ({ runs: [], kept: null }));
}
