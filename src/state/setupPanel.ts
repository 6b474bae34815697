// Where the setup is. On a wide screen it may be folded away to leave its width to the stage, which the browser's storage keeps. On a small
// one it is a sheet at the lower edge, which nothing keeps: it is down on every load.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepText, readText, type TextStorage } from './keptText';

export interface SetupPanelState {
  /** on a wide screen */
  readonly isFolded: boolean;
  /** on a small one */
  readonly isUp: boolean;
}
export type SetupPanelStore = StoreApi<SetupPanelState>;

const KEY = 'creditscope.setup';
const FOLDED = 'folded';

export function createSetupPanelStore(): SetupPanelStore {
  return createStore<SetupPanelState>(() => ({ isFolded: false, isUp: false }));
}

/** Takes the choice of an earlier visit, and keeps that of this one. `storage`: null where the browser refuses it. */
export function rememberFold(panel: SetupPanelStore, storage: TextStorage): void {
  if (readText(storage, KEY) === FOLDED) panel.setState({ isFolded: true });
  panel.subscribe(({ isFolded }, before) => {
    if (isFolded !== before.isFolded) keepText(storage, KEY, isFolded ? FOLDED : 'open');
  });
}

export function toggleFold(panel: SetupPanelStore): void {
  panel.setState({ isFolded: !panel.getState().isFolded });
}

export function toggleSheet(panel: SetupPanelStore): void {
  panel.setState({ isUp: !panel.getState().isUp });
}

/** False where the sheet was down. */
export function putDown(panel: SetupPanelStore): boolean {
  const { isUp } = panel.getState();
  if (isUp) panel.setState({ isUp: false });
  return isUp;
}
