// The keys of commands as they work at the moment, for tooltips and menus: those of one character can be switched off.

import { useMemo } from 'react';
import { useStore } from 'zustand';
import { commandHint, commandKeys, type CommandId } from './commands';
import { useSession } from './SessionContext';

export interface KeyWords {
  /** '' where none works */
  keysOf(id: CommandId): string;
  /** `words` in place of the command's own */
  hintOf(id: CommandId, words?: string): string;
}

export function useKeyWords(): KeyWords {
  const hasCharacterKeys = useStore(useSession().keys, (state) => state.hasCharacterKeys);
  return useMemo(() => ({
    keysOf: (id) => commandKeys(id, hasCharacterKeys),
    hintOf: (id, words) => commandHint(id, hasCharacterKeys, words),
  }), [hasCharacterKeys]);
}
