// Which view is on the stage, and which answers its table shows in which order. All views show the same run at the same place.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AnswerFilter, AnswerOrder } from '../viz/answerTable';

export const STAGE_VIEWS = ['answers', 'table', 'value', 'gradient', 'timeline', 'compare'] as const;
export type StageView = (typeof STAGE_VIEWS)[number];

/** characters of the words that the table is searched for */
export const MOST_SEARCHED = 200;

export interface TableChoice {
  readonly filter: AnswerFilter;
  readonly search: string;
  readonly order: AnswerOrder;
}

/** Every answer, in the order of the batch. */
export const OPENING_TABLE: TableChoice = { filter: 'all', search: '', order: { column: 'problem', direction: 'ascending' } };

export interface StageState { readonly view: StageView; readonly table: TableChoice }
export type StageStore = StoreApi<StageState>;

export function createStageStore(): StageStore {
  return createStore<StageState>(() => ({ view: 'answers', table: OPENING_TABLE }));
}

/** Opens a view, or from that view goes back to the answers. */
export function toggleView(stage: StageStore, view: StageView): void {
  stage.setState({ view: stage.getState().view === view ? 'answers' : view });
}
