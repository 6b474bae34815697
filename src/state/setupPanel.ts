// Whether the setup is folded away to leave its width to the stage. Kept in the browser's storage.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepText, readText, type TextStorage } from './keptText';

export interface SetupPanelState { readonly isFolded: boolean }
export type SetupPanelStore = StoreApi<SetupPanelState>;

const KEY = 'creditscope.setup';
const FOLDED = 'folded';

export function createSetupPanelStore(): SetupPanelStore {
  return createStore<SetupPanelState>(() => ({ isFolded: false }));
}

/** Takes the choice of an earlier visit, and keeps that of this one. `storage`: null where the browser refuses it. */
export function rememberFold(panel: SetupPanelStore, storage: TextStorage): void {
  if (readText(storage, KEY) === FOLDED) panel.setState({ isFolded: true });
  panel.subscribe(({ isFolded }) => keepText(storage, KEY, isFolded ? FOLDED : 'open'));
}

export function toggleFold(panel: SetupPanelStore): void {
  panel.setState({ isFolded: !panel.getState().isFolded });
}
