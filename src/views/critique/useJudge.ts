// A slice of the judge's store.

import { useStore } from 'zustand';
import type { JudgeState } from '../../state/judgeStore';
import { useSession } from '../app/SessionContext';

export function useJudge<Slice>(select: (state: JudgeState) => Slice): Slice {
  return useStore(useSession().judge.store, select);
}
