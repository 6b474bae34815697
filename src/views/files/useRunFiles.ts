import { useStore } from 'zustand';
import type { RunFilesState } from '../../state/runFiles';
import { useSession } from '../app/SessionContext';

export function useRunFiles<Slice>(select: (state: RunFilesState) => Slice): Slice {
  return useStore(useSession().runFiles.store, select);
}
