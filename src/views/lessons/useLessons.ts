// The open lesson and those that are done.

import { useStore } from 'zustand';
import type { LessonState } from '../../state/lessonStore';
import { useSession } from '../app/SessionContext';

export function useLessons<Slice>(select: (state: LessonState) => Slice): Slice {
  return useStore(useSession().lessons.store, select);
}
