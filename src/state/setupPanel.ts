// Whether the setup is folded away to leave its width to the stage. Kept in the browser's storage.

import { createStore, type StoreApi } from 'zustand/vanilla';

export interface SetupPanelState { readonly isFolded: boolean }
export type SetupPanelStore = StoreApi<SetupPanelState>;

const KEY = 'creditscope.setup';
const FOLDED = 'folded';

export function createSetupPanelStore(): SetupPanelStore {
  return createStore<SetupPanelState>(() => ({ isFolded: false }));
}

/** Takes the choice of an earlier visit, and keeps that of this one. `storage`: null where the browser refuses it. */
export function rememberFold(panel: SetupPanelStore, storage: Pick<Storage, 'getItem' | 'setItem'> | null): void {
  if (read(storage) === FOLDED) panel.setState({ isFolded: true });
  panel.subscribe(({ isFolded }) => write(storage, isFolded ? FOLDED : 'open'));
}

export function toggleFold(panel: SetupPanelStore): void {
  panel.setState({ isFolded: !panel.getState().isFolded });
}

function read(storage: Pick<Storage, 'getItem'> | null): string | null {
  try {
    return storage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}

function write(storage: Pick<Storage, 'setItem'> | null, choice: string): void {
  try {
    storage?.setItem(KEY, choice);
  } catch {
    // then the next visit begins with the setup open
  }
}
