// The list of commands, open or not, and whether keys of one character work. They can be switched off (WCAG 2.1.4): who speaks to the
// machine, or rests a hand on the keyboard, would press them unmeant. Kept in the browser's storage.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepText, readText, type TextStorage } from './keptText';

export interface KeyState {
  readonly isListOpen: boolean;
  readonly hasCharacterKeys: boolean;
}
export type KeyStore = StoreApi<KeyState>;

const KEY = 'creditscope.characterKeys';
const OFF = 'off';

export function createKeyStore(): KeyStore {
  return createStore<KeyState>(() => ({ isListOpen: false, hasCharacterKeys: true }));
}

/** Takes the choice of an earlier visit, and keeps that of this one. `storage`: null where the browser refuses it. */
export function rememberKeys(keys: KeyStore, storage: TextStorage): void {
  if (readText(storage, KEY) === OFF) keys.setState({ hasCharacterKeys: false });
  keys.subscribe(({ hasCharacterKeys }, before) => {
    if (hasCharacterKeys !== before.hasCharacterKeys) keepText(storage, KEY, hasCharacterKeys ? 'on' : OFF);
  });
}
