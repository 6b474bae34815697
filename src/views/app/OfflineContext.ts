// React's hold on what is kept on this machine.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { OfflineDesk } from '../../state/offline';

export const OfflineContext = createContext<OfflineDesk | null>(null);

export function useOfflineDesk(): OfflineDesk {
  const desk = useContext(OfflineContext);
  if (desk === null) throw new Error('nothing is known of what is kept: render inside OfflineContext');
  return desk;
}

export function useOffline<Slice>(select: (state: ReturnType<OfflineDesk['store']['getState']>) => Slice): Slice {
  return useStore(useOfflineDesk().store, select);
}
