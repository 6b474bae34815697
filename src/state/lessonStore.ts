// The lesson that is open and how far it is, and which ones were done before.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Lesson, LessonPatch } from '../lessons/lesson';
import type { LessonMaterial } from './lessonScene';

/** What was guessed at a step. */
export type Guess =
  /** in the answer spoken of */
  | { readonly kind: 'token'; readonly token: number; readonly isRight: boolean }
  | { readonly kind: 'choice'; readonly option: number; readonly isRight: boolean };

export interface OpenLesson {
  readonly lesson: Lesson;
  /** null while it is on its way */
  readonly material: LessonMaterial | null;
  /** why it did not come */
  readonly failure: string | null;
  readonly step: number;
  /** by step */
  readonly guesses: Readonly<Record<number, Guess>>;
  /** steps whose completion test was met */
  readonly met: readonly number[];
  /** the reader went elsewhere on the page: the card is one line until they come back to it */
  readonly isCollapsed: boolean;
  /** a run with the lesson's recipe trains here, and the reader watches it */
  readonly isLive: boolean;
}

export interface LessonState {
  readonly done: readonly string[];
  readonly isListOpen: boolean;
  readonly open: OpenLesson | null;
}

export type LessonStore = StoreApi<LessonState>;

export function createLessonStore(done: readonly string[] = []): LessonStore {
  return createStore<LessonState>(() => ({ done, isListOpen: false, open: null }));
}

/** Where the page is at a step: what the steps up to it say, later ones over earlier ones, with what was revealed on the way. */
export function patchAt({ lesson, step, guesses }: Pick<OpenLesson, 'lesson' | 'step' | 'guesses'>): LessonPatch {
  return lesson.steps.slice(0, step + 1).reduce<LessonPatch>((patch, { patch: own, prediction }, index) => ({
    ...patch, ...own, ...(prediction !== undefined && (guesses[index] !== undefined || index < step) ? prediction.reveals : {}),
  }), {});
}
