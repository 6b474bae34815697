// React's hold on the comparison's store.

import { useStore } from 'zustand';
import type { CompareState } from '../../state/compareStore';
import { useSession } from '../app/SessionContext';

export function useCompare<Slice>(select: (state: CompareState) => Slice): Slice {
  return useStore(useSession().compare, select);
}
