// React's thin hold on the stores: a session in a context, and a hook for each store that re-renders on its slice only.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { BookmarkState } from '../../state/bookmarkStore';
import type { ConfigurationState } from '../../state/configurationStore';
import type { LinkState } from '../../state/link/linkStore';
import type { RunState } from '../../state/runStore';
import type { SavedState } from '../../state/savedStore';
import type { Session } from '../../state/session';
import type { StageState } from '../../state/stageStore';
import type { TrainingState } from '../../state/trainingStore';
import type { WhatIfState } from '../../state/whatIf';
import { PALETTES, type Palette } from '../../viz/color';
import { useMedia } from './useMedia';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session: render inside SessionContext');
  return session;
}

export function useRun<Slice>(select: (state: RunState) => Slice): Slice {
  return useStore(useSession().run, select);
}

export function useTraining<Slice>(select: (state: TrainingState) => Slice): Slice {
  return useStore(useSession().training, select);
}

export function useConfiguration<Slice>(select: (state: ConfigurationState) => Slice): Slice {
  return useStore(useSession().configuration, select);
}

export function useSaved<Slice>(select: (state: SavedState) => Slice): Slice {
  return useStore(useSession().saved, select);
}

export function useLink<Slice>(select: (state: LinkState) => Slice): Slice {
  return useStore(useSession().link, select);
}

export function useBookmarks<Slice>(select: (state: BookmarkState) => Slice): Slice {
  return useStore(useSession().bookmarks.store, select);
}

export function useWhatIf<Slice>(select: (state: WhatIfState) => Slice): Slice {
  return useStore(useSession().whatIf.store, select);
}

export function useStage<Slice>(select: (state: StageState) => Slice): Slice {
  return useStore(useSession().stage, select);
}

/** The data colours of the theme that a person chose, or else of the one that the system asks for. */
export function usePalette(): Palette {
  const choice = useStore(useSession().theme, (state) => state.choice);
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  return choice === 'dark' || (choice === 'system' && isSystemDark) ? PALETTES.dark : PALETTES.light;
}
